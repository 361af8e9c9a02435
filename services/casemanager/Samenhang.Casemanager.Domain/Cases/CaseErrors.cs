using Samenhang.Casemanager.Domain.Work;
using Samenhang.Language;

namespace Samenhang.Casemanager.Domain.Cases;

/// <summary>One thing that is wrong with one field of a command.</summary>
/// <param name="Field">The path as the API names it, for example <c>needs[1].facts[0].value</c>.</param>
/// <param name="Text">What is wrong and how to mend it.</param>
public sealed record FieldFault(string Field, Sentence Text);

/// <summary>Why a command was refused. A closed sum type; the host maps it to its own errors.</summary>
public abstract record CaseError
{
    private CaseError()
    {
    }

    /// <summary>The command itself is wrong; all faults at once.</summary>
    public sealed record Invalid(IReadOnlyList<FieldFault> Faults) : CaseError;

    /// <summary>There is no such case.</summary>
    public sealed record NoSuchCase : CaseError;

    /// <summary>The case has no such item.</summary>
    /// <param name="Kind">What was sought: finding, hand_over, proposal, work_item.</param>
    public sealed record NoSuchItem(string Kind) : CaseError;

    /// <summary>The caller saw another version than the one that stands.</summary>
    public sealed record StaleVersion(long Expected, long Current) : CaseError;

    /// <summary>The caller saw another version of a piece of work than the one that stands.</summary>
    /// <param name="Seen">The version that the caller saw.</param>
    /// <param name="Wanted">What the caller wanted it to say.</param>
    /// <param name="Current">What stands.</param>
    public sealed record StaleItem(int Seen, WorkContent Wanted, WorkItem Current) : CaseError;

    /// <summary>The caller saw another appointment than the one that stands.</summary>
    /// <param name="Seen">Whom the caller saw; empty = nobody.</param>
    /// <param name="Wanted">Whom the caller wanted to appoint.</param>
    /// <param name="Current">Who stands: nobody, one, or more.</param>
    public sealed record StaleAppointment(string Seen, string Wanted, IReadOnlyList<string> Current) : CaseError;

    /// <summary>The state of the case forbids it.</summary>
    /// <param name="Type">A stable code in upper snake case: CASE_EXISTS, NEED_EXISTS.</param>
    /// <param name="Text">What stands in the way.</param>
    public sealed record Forbidden(string Type, Sentence Text) : CaseError;
}

/// <summary>What becomes of a command: changes (none when it is of no effect), or an error.</summary>
public abstract record Decision
{
    private Decision()
    {
    }

    /// <summary>The changes to append, in order.</summary>
    public sealed record Accepted(IReadOnlyList<CaseChange> Changes) : Decision;

    /// <summary>Nothing happens.</summary>
    public sealed record Refused(CaseError Error) : Decision;
}
