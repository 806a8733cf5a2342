"""The trained coder: a small encoder with heads for triggers, kinds, roles and owners, on ONNX Runtime."""
