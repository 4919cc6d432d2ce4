"""What it takes to adopt an initiative: comparison, policy, funding, readiness, and whom to do it with."""
