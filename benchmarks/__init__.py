"""Speed and quality beside peers, in one run. Machines here are noisy: read the ratios."""
