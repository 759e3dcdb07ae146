"""Alexa's own services: the device's settings and reminders."""

from skill.alexa.client import AlexaClient
from skill.alexa.services import REMINDERS_PERMISSION, Alert, Alexa

__all__ = ["REMINDERS_PERMISSION", "Alert", "Alexa", "AlexaClient"]
