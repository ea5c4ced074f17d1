"""The geometry of embeddings: what the chapters of the course import."""
