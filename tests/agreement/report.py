# SPDX-License-Identifier: GPL-2.0-or-later
"""Tables and verdicts about what was compared."""

ARGUMENTS_GOAL = 99.0  # per cent of all arguments; of descriptors all
CALL_GOAL = 95.0       # per cent of a syscall's arguments
CALL_MIN = 10          # calls from which on a syscall is judged alone
SHAPES_MAX = 150       # differences printed of a whole set


def percent(part, whole):
    """As a number; nothing compared is all the same."""
    return 100.0 * part / whole if whole else 100.0


def rate(part, whole):
    """As text that says 100 only for all."""
    if not whole:
        return "-"
    return "100 %" if part == whole else f"{min(percent(part, whole), 99.99):.2f} %"


def print_calls(comparison):
    """A line per syscall, the worst of all arguments first."""
    print(f"{'SYSCALL':24} {'CALLS':>7} {'ARGS':>7} {'SAME':>7} {'RATE':>8}"
          f" {'RESULTS':>8} {'RATE':>8}")
    rows = sorted(comparison.tallies.items(), key=lambda row: (row[1].same - row[1].args, row[0]))
    for name, tally in rows + [("all", comparison.total())]:
        if tally.calls:
            print(f"{name:24} {tally.calls:7} {tally.args:7} {tally.same:7}"
                  f" {rate(tally.same, tally.args):>8} {tally.results_same:8}"
                  f" {rate(tally.results_same, tally.results):>8}")


def print_programs(rows):
    """A line per program that ran."""
    print(f"{'PROGRAM':24} {'CALLS':>7} {'ARGS':>7} {'SAME':>7} {'RATE':>8}"
          f" {'FDS':>8} {'RESULTS':>8} {'SIGNALS':>8}")
    for name, comparison in rows:
        total, remarks = comparison.total(), comparison.remarks_total()
        print(f"{name:24} {total.calls:7} {total.args:7} {total.same:7}"
              f" {rate(total.same, total.args):>8}"
              f" {rate(total.fds_same, total.fds):>8}"
              f" {rate(total.results_same, total.results):>8}"
              f" {rate(remarks.same, remarks.args):>8}")


def print_differences(comparison, limit=None):
    """Every shape with its count and an example, the most frequent first."""
    found = sorted(comparison.found.items(), key=lambda item: -item[1].count)
    for (name, position, mine, other), difference in found[:limit]:
        print(f"{difference.count}x {name}.{position}: {mine}  instead of  {other}")
        print(f"    sctop:  {difference.our_line}")
        print(f"    strace: {difference.their_line}")
    if limit and len(found) > limit:
        rest = sum(difference.count for _, difference in found[limit:])
        print(f"... and {rest} differences of {len(found) - limit} more shapes (--verbose)")


def print_summary(comparison):
    """What is left out, excused and compared, in a few lines."""
    for number, count in sorted(comparison.excused.items()):
        rule = comparison.rules[number]
        print(f"excused: {count} of {rule.where}: {rule.reason}")
    if comparison.cut:
        print(f"excused: {comparison.cut} arguments that strace did not come to print:"
              " the process was killed inside the call")
    left_out = {name: tally.left_out for name, tally in comparison.tallies.items()
                if tally.left_out}
    if left_out:
        names = ", ".join(f"{name} {count}" for name, count in sorted(left_out.items()))
        print(f"left out: {sum(left_out.values())} calls that strace does not know: {names}")
    total, remarks = comparison.total(), comparison.remarks_total()
    print(f"arguments: {total.same} of {total.args} the same: {rate(total.same, total.args)}")
    if total.fds:
        print(f"descriptors: {total.fds_same} of {total.fds} the same:"
              f" {rate(total.fds_same, total.fds)}")
    print(f"results: {total.results_same} of {total.results} the same:"
          f" {rate(total.results_same, total.results)}")
    print(f"signals and ends: {remarks.same} of {remarks.args} the same:"
          f" {rate(remarks.same, remarks.args)}")
    print(f"whole lines: {comparison.lines_same} of {comparison.lines} that strace did not cut"
          f" the same: {rate(comparison.lines_same, comparison.lines)}")


def shortcomings(comparison, signals=True):
    """Sentences about what is below its goal; none: all is well."""
    total, remarks = comparison.total(), comparison.remarks_total()
    found = []
    if not total.calls:
        found.append("nothing was compared")
    if percent(total.same, total.args) < ARGUMENTS_GOAL:
        found.append(f"arguments: {rate(total.same, total.args)} of {ARGUMENTS_GOAL:g} %")
    if total.fds_same < total.fds:
        found.append(f"descriptors: {total.fds - total.fds_same} differ")
    if total.results_same < total.results:
        found.append(f"results: {total.results - total.results_same} differ")
    if signals and remarks.same < remarks.args:
        found.append(f"signals and ends: {remarks.args - remarks.same} differ")
    for name, tally in sorted(comparison.tallies.items()):
        if tally.calls >= CALL_MIN and percent(tally.same, tally.args) < CALL_GOAL:
            found.append(f"{name}: {rate(tally.same, tally.args)} of {CALL_GOAL:g} %")
    return found
