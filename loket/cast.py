"""The invented people of the demonstration, and which applications they have made. Names, numbers and places belong to nobody."""

from __future__ import annotations

from dataclasses import dataclass

from engine.people import ADMINISTRATOR

PASSWORD = "kopi-tubruk-hangat"  # noqa: S105 - of invented accounts, shown on the demonstration's own sign-in page


@dataclass(frozen=True)
class Staff:
    """Somebody at a desk of the office."""

    name: str
    login: str
    desk: str
    words: tuple[str, str]  # what the desk is called: Indonesian, English


@dataclass(frozen=True)
class Applicant:
    """Somebody who applies; `answers` stand for the story's own wherever a form asks the same."""

    key: str
    name: str
    phone: str
    nik: str
    home: str
    slogan: str

    @property
    def answers(self) -> dict[str, str]:
        """What this person writes about themselves."""
        return {"nama": self.name, "nik": self.nik, "alamat": self.home, "telepon": self.phone, "isi_naskah": self.slogan}


@dataclass(frozen=True)
class Play:
    """An application: the story it follows, who applies, how many working days ago it began, and where it stands still.

    `until` names the step that is left open (None: the story's end); `claimed` says that somebody at its desk has taken it.
    `permit`: whose story.
    """

    story: str
    who: str
    days_ago: int
    until: str | None = None
    claimed: bool = False
    permit: str = "reklame"


STAFF = (
    Staff("Ratna Puspita", "administrator@contoh.test", ADMINISTRATOR, ("Administrator", "Administrator")),
    Staff("Budi Santoso", "verifikator@contoh.test", "verifikator", ("Verifikator", "Verifier")),
    Staff("Lina Marlina", "verifikator2@contoh.test", "verifikator", ("Verifikator", "Verifier")),
    Staff("Tuti Handayani", "tim.teknis@contoh.test", "tim_teknis", ("Tim teknis", "Technical team")),
    Staff("Agus Prasetyo", "satpol.pp@contoh.test", "satpol_pp", ("Satuan Polisi Pamong Praja", "Municipal police")),
    Staff("Nina Kartika", "bendahara@contoh.test", "bendahara", ("Bendahara penerimaan", "Treasurer")),
    Staff("Rudi Hartono", "kabid@contoh.test", "kabid", ("Kepala bidang", "Head of division")),
    Staff("Dewi Lestari", "kepala.dinas@contoh.test", "kepala_dinas", ("Kepala dinas", "Head of the office")),
    Staff("Wati Suryani", "kasi@contoh.test", "kasi", ("Kepala seksi", "Head of section")),
    Staff("Yani Kusuma", "kesbangpol@contoh.test", "kesbangpol", ("Badan Kesatuan Bangsa dan Politik", "Office for national unity")),
    Staff("Ayu Larasati", "pelindungan.data@contoh.test", "pelindungan_data", ("Pejabat pelindungan data", "Data protection officer")),
    Staff("Hana Pertiwi", "dinkes@contoh.test", "dinkes", ("Dinas Kesehatan", "Health office")),
    Staff("Heri Kurniawan", "dishub@contoh.test", "dishub", ("Dinas Perhubungan", "Transport office")),
    Staff("Joni Iskandar", "penguji@contoh.test", "penguji", ("Penguji kendaraan", "Vehicle inspector")),
    Staff("Tono Wijaya", "petugas.tpu@contoh.test", "petugas_tpu", ("Petugas TPU", "Cemetery officer")),
    Staff("Eko Saputra", "pejabat.piket@contoh.test", "pejabat_piket", ("Pejabat piket", "Officer on duty")),
)

APPLICANTS = (
    Applicant(
        "sari", "Sari Wulandari", "081234567801", "3275014107900001", "Jalan Mawar 12, RT 003 RW 005", "Kopi Nusantara, rasa asli petani"
    ),
    Applicant(
        "joko", "Joko Susilo", "081234567802", "3275011503850002", "Jalan Melati 7, RT 001 RW 002", "Pasar murah Ramadan di alun-alun"
    ),
    Applicant(
        "maya",
        "Maya Anggraini",
        "081234567803",
        "3275015208920003",
        "Jalan Kenanga 41, RT 006 RW 001",
        "Toko Buku Cendekia: buka sampai malam",
    ),
    Applicant(
        "hendra",
        "Hendra Gunawan",
        "081234567804",
        "3275010111780004",
        "Jalan Anggrek 3, RT 002 RW 009",
        "Bengkel Jaya, servis hari ini selesai",
    ),
    Applicant(
        "wayan",
        "Wayan Sudarma",
        "081234567805",
        "3275012505950005",
        "Jalan Dahlia 28, RT 004 RW 003",
        "Sanggar Tari Cahaya, pendaftaran murid baru",
    ),
    Applicant(
        "fitri", "Fitri Rahmawati", "081234567806", "3275016411880006", "Jalan Teratai 9, RT 007 RW 004", "Klinik Sehat Ibu dan Anak"
    ),
)

PLAYS = (
    Play("straight_through", "sari", 24),
    Play("lapsed_after_14_working_days", "wayan", 22),
    Play("small_insidentil_without_survey", "joko", 17),
    Play("refused", "maya", 14),
    Play("withdrawn", "hendra", 9),
    Play("tax_ten_banners", "fitri", 6, until="verify"),
    Play("tax_billboard_class_1", "maya", 6),
    Play("returned_once", "hendra", 5, until="revise"),
    Play("straight_through", "wayan", 5, until="road_check"),
    Play("sent_back_without_paying_twice", "joko", 4, until="initial"),
    Play("straight_through", "fitri", 3, until="survey", claimed=True),
    Play("payment_not_received_then_paid", "sari", 3, until="confirm"),
    Play("small_insidentil_without_survey", "maya", 2, until="approve"),
    Play("health_two_reviews", "sari", 3, until="impact", permit="penelitian"),
    Play("nurse_in_a_hospital", "fitri", 3, until="recommendation", permit="sip"),
    Play("four_vehicles", "joko", 3, until="section", permit="trayek"),
    Play("four_vehicles", "hendra", 2, until="recommendation", permit="trayek"),
    Play("renewal_in_the_north", "wayan", 2, until="field", permit="makam"),
    Play("burial_at_once", "maya", 1, until="duty", permit="makam"),
    Play("exempt_pays_nothing", "wayan", 2),
    Play("straight_through", "joko", 1, until="verify", claimed=True),
    Play("small_insidentil_without_survey", "hendra", 1, until="application"),
)
