"""Do the jobs that wait in the queue, in this process, as a worker would."""

from __future__ import annotations

from django.utils.module_loading import import_string


def waiting_jobs() -> list[tuple[str, tuple[object, ...]]]:
    """What is in the queue: function and arguments, the oldest first."""
    from django_q.models import OrmQ

    return [(row.task["func"], row.task["args"]) for row in OrmQ.objects.order_by("pk")]


def run_jobs(*, at_most: int = 1000) -> int:
    """Do them one after the other until none waits, also those that jobs ask for. Returns how many there were. What a
    job raises comes out here, and its row stays, as it does with a worker."""
    from django_q.models import OrmQ

    for done in range(at_most):
        row = OrmQ.objects.order_by("pk").first()
        if row is None:
            return done
        import_string(row.task["func"])(*row.task["args"])
        row.delete()
    raise AssertionError(f"after {at_most} jobs there is still one")
