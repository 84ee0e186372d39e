"""The whole story on loopback: a carrier street, six orders, two months in about a minute. Nothing is left behind."""
