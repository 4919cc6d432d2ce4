"""How the engines under matching use threads. To be set before any of them is loaded."""

# Idle threads sleep, and sessions share the cores instead of each taking all of them.
SETTINGS = {"OMP_WAIT_POLICY": "passive", "OPENBLAS_NUM_THREADS": "1"}
