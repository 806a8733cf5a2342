"""The page's view of a large store, counted by the server: an index of all events, and what a filter leaves of it."""
