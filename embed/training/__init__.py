"""Training a static encoder on patents (`patlas train-encoder`); torch is imported only when it runs."""
