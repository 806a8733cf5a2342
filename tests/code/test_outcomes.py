"""The toll of an attack belongs to the attack."""


def tolls(events):
    return sorted((q.kind, q.value) for e in events if e.type == "ASSAULT" for q in e.quantities)


def test_a_participle_that_counts_the_dead_is_no_second_attack(tell):
    events = tell("Chadian forces attacked a Sudanese camp on Monday, killing 12 soldiers and wounding 30.").events
    assert len([e for e in events if e.type == "ASSAULT"]) == 1
    assert tolls(events) == [("Killed", 12.0), ("Wounded", 30.0)]


def test_a_raid_that_killed_is_one_attack(tell):
    events = tell("A Chadian air raid killed nine Sudanese soldiers.").events
    assert len([e for e in events if e.type == "ASSAULT"]) == 1


def test_a_killing_that_nothing_else_tells_is_an_attack(tell):
    [event] = [e for e in tell("Kenyan forces killed 12 Somali soldiers.").events if e.type == "ASSAULT"]
    assert {p.actor.country for p in event.recipients} == {"SOM"}
