"""A simulated Echo: what the user says, hears and waits for, without the device."""
