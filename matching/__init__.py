"""From a challenge in a municipality's own words to initiatives that fit, and why. No page, no SQL."""
