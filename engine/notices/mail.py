"""The mail, handed in: SMTP in an office, none in a demonstration (the messages stand in the back office's outbox)."""

from __future__ import annotations

import smtplib
import ssl
from dataclasses import dataclass
from email.message import EmailMessage
from typing import Protocol
from urllib.parse import unquote, urlsplit

from engine.store import EngineError


class NoMailServer(EngineError):
    """This office has no mail server: the message is kept and shown, and goes nowhere."""

    code = "notices.no_mail_server"


class Mailer(Protocol):
    """Something that delivers a message, or raises; NoMailServer when there is nothing to deliver it with."""

    def send(self, *, to: str, subject: str, body: str, message_id: str) -> None:
        """Deliver one message; `message_id` is the same when it is tried again."""
        ...


@dataclass(frozen=True)
class NoMail:
    """No mail server is set: messages are kept and shown, not delivered."""

    def send(self, *, to: str, subject: str, body: str, message_id: str) -> None:
        """Nothing leaves the house. Raises NoMailServer."""
        raise NoMailServer


@dataclass(frozen=True)
class Smtp:
    """`smtp://user:password@host:587` (STARTTLS when offered), `smtps://…:465` (TLS from the start)."""

    url: str
    sender: str
    timeout: float = 20

    def send(self, *, to: str, subject: str, body: str, message_id: str) -> None:
        """Deliver through the server; raises smtplib.SMTPException or OSError."""
        message = EmailMessage()
        message["From"], message["To"], message["Subject"] = self.sender, to, subject
        message["Message-ID"] = f"<{message_id}@{self.sender.rpartition('@')[2].rstrip('>')}>"
        message["Auto-Submitted"] = "auto-generated"
        message.set_content(body)
        with self._connect() as server:
            server.send_message(message)

    def _connect(self) -> smtplib.SMTP:
        parts = urlsplit(self.url)
        if parts.scheme == "smtps":
            server: smtplib.SMTP = smtplib.SMTP_SSL(
                parts.hostname or "", parts.port or 465, timeout=self.timeout, context=ssl.create_default_context()
            )
        else:
            server = smtplib.SMTP(parts.hostname or "", parts.port or 587, timeout=self.timeout)
            server.ehlo()
            if server.has_extn("starttls"):
                server.starttls(context=ssl.create_default_context())
                server.ehlo()
        if parts.username:
            server.login(unquote(parts.username), unquote(parts.password or ""))
        return server
