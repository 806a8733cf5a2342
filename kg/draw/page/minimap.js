/** A small picture of all that is on the canvas, while not all of it is in sight; a press or drag goes there. */

const MINI = { width: 150, height: 100, margin: 6 };
/** How the canvas' units become pixels of the small picture, while it is seen. */
let miniature = null;

/** The box round all nodes, in the canvas' units; null without any. */
function extent() {
  const box = { left: Infinity, right: -Infinity, top: Infinity, bottom: -Infinity };
  for (const { x, y, size } of drawn.nodes.values()) {
    box.left = Math.min(box.left, x - size);
    box.right = Math.max(box.right, x + size);
    box.top = Math.min(box.top, y - size);
    box.bottom = Math.max(box.bottom, y + size);
  }
  return drawn.nodes.size ? box : null;
}

/** What of the canvas is in sight, in its own units. */
function inSight() {
  const { x, y } = network.getViewPosition();
  const [width, height] = ["clientWidth", "clientHeight"].map((side) => byId("graph")[side] / network.getScale());
  return { left: x - width / 2, right: x + width / 2, top: y - height / 2, bottom: y + height / 2, width, height };
}

/** Whether all nodes are in sight, so that there is no small picture. */
function isWhole(all, seen) {
  return !all || (all.left >= seen.left && all.right <= seen.right && all.top >= seen.top && all.bottom <= seen.bottom);
}

/** The room that the small picture takes, in pixels of the screen from the canvas' origin, for names to keep clear of. */
function minimapBox() {
  const [seen, scale] = [inSight(), network.getScale()];
  if (isWhole(extent(), seen)) return null;
  const [right, bottom] = [seen.right * scale, seen.bottom * scale];
  return { left: right - MINI.width - 12, right, top: bottom - MINI.height - 12, bottom };
}

function drawMinimap() {
  const [all, seen] = [extent(), inSight()];
  const whole = isWhole(all, seen);
  const box = byId("minimap");
  if (box.hidden !== whole) box.hidden = whole;
  miniature = null;
  if (whole) return;
  const ratio = window.devicePixelRatio || 1;
  if (box.width !== MINI.width * ratio) Object.assign(box, { width: MINI.width * ratio, height: MINI.height * ratio });
  const scale = Math.min((MINI.width - 2 * MINI.margin) / (all.right - all.left), (MINI.height - 2 * MINI.margin) / (all.bottom - all.top));
  const [x, y] = [(all.left + all.right) / 2, (all.top + all.bottom) / 2];
  miniature = { scale, x, y };
  const { border, paper, accent } = theme();
  const context = box.getContext("2d");
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  Object.assign(context, { fillStyle: paper, strokeStyle: accent, lineWidth: 1.5 });
  context.fillRect(0, 0, MINI.width, MINI.height);
  const at = (px, py) => [MINI.width / 2 + (px - x) * scale, MINI.height / 2 + (py - y) * scale];
  for (const item of drawn.nodes.values()) {
    const side = Math.max(2, item.size * 2 * scale);
    const [left, top] = at(item.x, item.y);
    context.fillStyle = item.id[0] === "a" ? border : item.color.border;
    context.fillRect(left - side / 2, top - side / 2, side, side);
  }
  const [left, top] = at(seen.left, seen.top);
  context.strokeRect(left, top, seen.width * scale, seen.height * scale);
}

/** For the mouse alone: the buttons, keys and fit do the same for others. */
function listenToMinimap() {
  const box = byId("minimap");
  const go = ({ offsetX, offsetY }) => {
    if (!miniature) return;
    const { scale, x, y } = miniature;
    network.moveTo({ position: { x: x + (offsetX - MINI.width / 2) / scale, y: y + (offsetY - MINI.height / 2) / scale } });
  };
  let kept = null;
  box.addEventListener("pointerdown", (pressed) => {
    pressed.preventDefault();
    box.setPointerCapture(pressed.pointerId);
    kept = pressed.pointerId;
    go(pressed);
  });
  box.addEventListener("pointermove", (moved) => kept === moved.pointerId && go(moved));
  for (const end of ["pointerup", "pointercancel"]) {
    box.addEventListener(end, () => {
      kept = null;
      drawLabels();
    });
  }
  network.on("afterDrawing", drawMinimap);
}
