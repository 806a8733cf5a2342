"""Answers other people's questions to a store, over HTTP, in processes that can be ended."""
