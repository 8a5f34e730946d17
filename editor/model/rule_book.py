"""The rules by name: what each asks for and why it matters, in words for people who meet it for the first time."""

from __future__ import annotations

from dataclasses import dataclass

from editor.model.problems import Severity

DRAWING = "Drawing"
"""The group of what is said about the drawing, not about the machine that it is of."""
ERROR, WARNING, INFORMATION = Severity.ERROR, Severity.WARNING, Severity.INFORMATION


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule. An error keeps a machine from running, so its severity is not a matter of choice.

    `group`: what rules of one kind are called together; empty for those of the machine itself.
    """

    id: str
    severity: Severity
    title: str
    why: str
    group: str = ""

    @property
    def is_settable(self) -> bool:
        """Whether a person may give it another severity, or turn it off."""
        return self.severity is not ERROR


_RULES = (
    # what cannot run
    Rule("unreadable", ERROR, "File that cannot be read",
         "The file is no machine in a format that the editor reads, so nothing in it was looked at."),
    Rule("wrong-type", ERROR, "Value of the wrong type",
         "A value stands where the format wants another kind: a text for a mapping, say. It cannot be understood."),
    Rule("no-states", ERROR, "Machine without states",
         "A run begins in a state, so a machine needs at least one."),
    Rule("unknown-state", ERROR, "Reference to a state that is not there",
         "A target or a guard names a state that does not exist: the transition could not be taken. Most "
         "often the state "
         "was renamed, moved or mistyped."),
    Rule("target-root", ERROR, "Transition to the machine itself",
         "The machine is never left and so never entered anew; only its states can be targets."),
    Rule("initial-outside", ERROR, "Initial state outside of its parent",
         "A composite begins with one of the states inside it. Another one would be entered without its parent."),
    Rule("final-children", ERROR, "Final state with children",
         "A final state ends its parent when it is entered, so nothing can go on inside it."),
    Rule("history-children", ERROR, "History with children",
         "A history stands for states that were active before; it is none itself and holds none."),
    Rule("final-transitions", ERROR, "Final state with transitions",
         "A final state ends its parent, so nothing leads out of it. Let the parent answer its end with onDone."),
    Rule("history-transitions", ERROR, "History with transitions",
         "A history is never active and so never waits for an event. It has a default target only."),
    Rule("duplicate-key", ERROR, "Two states of one name side by side",
         "States are told apart by their names when the machine is saved, so one of the two would be lost."),
    Rule("duplicate-id", ERROR, "Id that is given twice",
         "An id names one thing. What refers to it would mean the one or the other by chance."),
    Rule("empty-event", ERROR, "Event without a name",
         "Events are sent by name, so nobody can send this one."),
    Rule("misplaced-star", ERROR, "Star within a word",
         "A star matches whole parts of an event's name: alone, or last behind a dot. Elsewhere it matches nothing."),
    Rule("name-cycle", ERROR, "Name that means itself",
         "Working out what the name means would never end."),
    # what is probably a mistake
    Rule("unknown-key", WARNING, "Key that is not known",
         "The format has no such key. It is kept as it is and does nothing; most often it is mistyped."),
    Rule("doubled-key", WARNING, "Two words for one thing",
         "Two keys that mean the same stand side by side and only one is read. The other misleads "
         "whoever reads the file."),
    Rule("expression", WARNING, "Expression that cannot be evaluated",
         "It fails whenever it is needed: a guard counts as false, and the actions behind it are not done."),
    Rule("missing-initial", WARNING, "Composite without an initial state",
         "The first child is taken then, which changes silently when somebody sorts the states."),
    Rule("unreachable-state", WARNING, "State that nothing leads to",
         "It can never be active, so neither can what is inside it: a transition is missing, or the "
         "state is left over."),
    Rule("shadowed-transition", WARNING, "Transition behind one without a guard",
         "Of several transitions for an event the first whose guard holds is taken. One without a guard "
         "always holds, so "
         "those behind it never have their turn."),
    Rule("duplicate-transition", WARNING, "The same transition twice",
         "The first of the two is always taken. The second is left over from copying, or was to differ and does not."),
    Rule("late-timer", WARNING, "Timer that never ends",
         "Leaving a state cancels its timers. A shorter one without a guard leaves it first, every time."),
    Rule("guard-never-holds", WARNING, "Guard that never holds",
         "Nothing in it can change, so the transition is never taken. It was perhaps switched off for a trial."),
    Rule("shadowed-branch", WARNING, "Branch behind one without a guard",
         "The first branch whose guard holds is taken; one without a guard always is, so what follows is never done."),
    Rule("targets-apart", WARNING, "Targets that cannot be active together",
         "Several targets are entered at once, which is possible in different regions of a parallel state only."),
    Rule("between-regions", WARNING, "Transition from one region into another",
         "It leaves the parallel state and enters it again, so that every region begins anew. Nearly "
         "always one region was "
         "to tell the other something, which an event does without disturbing either."),
    Rule("default-outside", WARNING, "Default of a history outside of its parent",
         "A history leads back into its parent. A default elsewhere makes the same transition lead in or "
         "out by chance."),
    Rule("eventless-cycle", WARNING, "Eventless transitions in a circle",
         "They are taken at once, again and again, and the run is stopped with an error after a thousand steps."),
    Rule("never-done", WARNING, "Answer to an end that never comes",
         "A state is done when a final state inside it is entered; of a parallel state, in every region. "
         "There is none, so "
         "the onDone transition is never taken."),
    Rule("no-regions", WARNING, "Parallel state without regions",
         "Parallel states are there for what goes on side by side. An empty one behaves like a plain state."),
    Rule("hidden-key", WARNING, "Context key with a reserved name",
         "In expressions the word means something else, so the value is read only where “context.” stands before it."),
    Rule("unknown-context-key", WARNING, "Context key that is not there",
         "Reading it fails: a guard counts as false, and the actions behind it are not done."),
    Rule("guard-is-context-key", WARNING, "Guard that is called like a context key",
         "A guard of one word is looked up among the guards and never in the context. Here the context "
         "was probably meant, "
         "and the guard would be asked for instead."),
    Rule("delay-is-context-key", WARNING, "Delay that is called like a context key",
         "A delay of one word is looked up among the delays and never in the context, so this timer would not know its "
         "length."),
    Rule("impossible-delay", WARNING, "Delay that is no length of time",
         "A timer needs milliseconds from nothing on, or a duration. It does not begin, and the machine gets "
         "error.execution in its place."),
    Rule("unknown-receiver", WARNING, "Send to what is not there",
         "The event reaches nobody; the machine gets error.communication in its place."),
    Rule("similar-names", WARNING, "Names that differ in capitals only",
         "Capitals count, so these are two names. Somebody who sends or answers the one means the other, "
         "sooner or later."),
    # what is worth knowing
    Rule("unknown-guard", INFORMATION, "Guard without a meaning here",
         "The program that runs the machine gives it one. In the simulation you are asked."),
    Rule("unknown-action", INFORMATION, "Action without a meaning here",
         "The program that runs the machine gives it one. In the simulation it is written into the log."),
    Rule("unknown-delay", INFORMATION, "Delay without a length here",
         "The program that runs the machine gives it one. In the simulation you are asked once."),
    Rule("unknown-service", INFORMATION, "Service without a meaning here",
         "The program that runs the machine gives it one. In the simulation it waits until you end it."),
    Rule("unused-guard", INFORMATION, "Guard that nothing uses",
         "It was perhaps renamed where it is used. What is left over has to be read and kept by everybody."),
    Rule("unused-action", INFORMATION, "Action that nothing uses",
         "It was perhaps renamed where it is used. What is left over has to be read and kept by everybody."),
    Rule("unused-delay", INFORMATION, "Delay that nothing uses",
         "It was perhaps renamed where it is used. What is left over has to be read and kept by everybody."),
    Rule("unused-service", INFORMATION, "Service that nothing uses",
         "It was perhaps renamed where it is used. What is left over has to be read and kept by everybody."),
    Rule("unused-context-key", INFORMATION, "Context key that nothing uses",
         "No expression reads it and no action assigns it, so the machine would do the same without it."),
    Rule("new-context-key", INFORMATION, "Context key that an action makes",
         "Until that action is done, reading the key fails. The context at the start shows at once what "
         "a machine keeps."),
    Rule("dead-end", INFORMATION, "State that nothing leads out of",
         "Once it is active it stays so for ever. Where the machine ends there, a final state says so."),
    Rule("invoke-without-error", INFORMATION, "Service whose failure nothing answers",
         "When it fails the machine waits on, as if it were still busy."),
    Rule("event-never-sent", INFORMATION, "Event that never comes",
         "Only the machine itself could send it, and nothing in it has this ID."),
    Rule("event-never-handled", INFORMATION, "Event that nothing answers",
         "The machine sends it to itself, and no transition waits for it, so it gets lost. It is perhaps mistyped."),
    Rule("unknown-send", INFORMATION, "Cancel of what is never sent",
         "A cancel stops a delayed send by its id. No send has this one, so the delayed event arrives all the same."),
    Rule("guard-always-holds", INFORMATION, "Guard that always holds",
         "Nothing in it can change, so the transition would be the same without it, and easier to read."),
    Rule("transition-without-effect", INFORMATION, "Transition that does nothing",
         "It has no target and no actions, and keeps no other from answering: the machine is the same without it."),
    Rule("idle-self-transition", INFORMATION, "Loop that does nothing",
         "It leaves the state and enters it again, but nothing is done on the way and no timer begins anew."),
    Rule("wildcard-hides", INFORMATION, "Star that takes everything",
         "Inner states answer first. A star without a guard answers every event, so what is around it has no turn, for "
         "events that are added later as well."),
    Rule("internal-ignored", INFORMATION, "Internal transition that leads out",
         "Only what leads from a composite to a state inside it can stay within it. Elsewhere the mark says nothing."),
    Rule("delay-zero", INFORMATION, "Delay of nothing",
         "It falls due at once, but behind all events that wait. An eventless transition says what is meant."),
    Rule("single-region", INFORMATION, "Parallel state with one region",
         "Nothing goes on beside it, so a plain composite says the same in a simpler way."),
    Rule("parallel-initial", INFORMATION, "Parallel state with an initial state",
         "All of its regions are entered together, so there is nothing to choose. It is passed over."),
    Rule("history-without-choice", INFORMATION, "History with nothing to remember",
         "A shallow history remembers which child was active, a deep one what was active in there too. "
         "Here that is always "
         "the same, so that the history is an ordinary way in."),
    Rule("final-services", INFORMATION, "Final state with a service",
         "Entering it ends its parent, so the service is cancelled or nobody hears how it went."),
    Rule("awkward-name", INFORMATION, "Name with spaces around it",
         "What cannot be seen in a name makes two that look the same differ, in files and in code."),
    Rule("long-name", INFORMATION, "Very long name",
         "Nobody reads it on a canvas, and every path to a state inside repeats it."),
    Rule("duplicate-tag", INFORMATION, "Tag that stands twice",
         "A state has a tag or has it not; saying so twice means nothing."),
    # what other formats tell
    Rule("scxml", WARNING, "Something in SCXML that is not understood",
         "The document says something that the editor does not do, or says it in the wrong place."),
    Rule("xstate", INFORMATION, "Something of XState that is kept as it is",
         "Code of JavaScript is not run; where it cannot be translated exactly it is kept as a name."),
    Rule("javascript", INFORMATION, "Expressions that cannot be run here",
         "The machine is written in JavaScript, and the extra that runs it is not installed."),
    Rule("sismic", INFORMATION, "Something of sismic that is kept as it is",
         "Code of Python is not run; where it cannot be translated exactly it is kept as a name."),
    # what is hard to read in the drawing
    Rule("line-through-state", WARNING, "Line through a state",
         "It looks as if the transition had to do with that state. Whoever follows the line gets lost.", DRAWING),
    Rule("label-overlap", WARNING, "Label on something else",
         "What lies below cannot be read, and nobody sees which line a label belongs to.", DRAWING),
    Rule("states-overlap", WARNING, "States that cover each other",
         "One hides the other, or seems to hold it.", DRAWING),
    Rule("outside-parent", WARNING, "State that reaches out of its parent",
         "What is drawn outside seems not to belong to it.", DRAWING),
    Rule("text-cut", WARNING, "State too small for its text",
         "What does not fit is cut off, and can be read in the tooltip alone.", DRAWING),
    Rule("crossing-lines", INFORMATION, "Lines that cross",
         "Each crossing makes both lines harder to follow. Few drawings can do without all of them.", DRAWING),
    Rule("many-bends", INFORMATION, "Line with many bends",
         "The eye follows a line that goes straight, and loses one that turns again and again.", DRAWING),
    Rule("label-far", INFORMATION, "Label far from its line",
         "It seems to belong to what it is near to, or to nothing.", DRAWING),
)  # fmt: skip

RULES = {rule.id: rule for rule in _RULES}
"""All rules by id: of each group errors first, then warnings, then information."""
