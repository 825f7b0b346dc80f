from .files import FileRef, Upload
