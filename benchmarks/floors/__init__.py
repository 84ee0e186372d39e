"""What the product is measured against, and the constructed carriers that both ask. Each file runs by itself."""
