"""Units: what is screened, one duplicate group or one record alone, as it is shown."""
