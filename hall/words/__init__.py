"""The words of the interface: one catalogue for hall, portal and admin. The source language is English."""
