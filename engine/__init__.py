"""Procedures and cases: owns the database, knows no HTTP.

Rooms, from the top down (imports go one way): stories > jobs > cases > actions > office > documents | fees | notices >
calendar > procedures > flow | texts > people > timeline > store.
"""
