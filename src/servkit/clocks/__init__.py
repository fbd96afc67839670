"""Service clocks: opening hours, public holidays, and when a promise falls due."""
