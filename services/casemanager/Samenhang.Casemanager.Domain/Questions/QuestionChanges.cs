using Samenhang.Casemanager.Domain.Cases;

namespace Samenhang.Casemanager.Domain.Questions;

/// <summary>Something that became of a question, other than that it was answered: an answer is a fact. Part of the log of a case.</summary>
public abstract record QuestionChange : CaseChange
{
    private protected QuestionChange()
    {
    }
}

/// <summary>Whoever was asked does not know.</summary>
/// <param name="Fact">The fact.</param>
/// <param name="On">On which kind of item it stands; the case = on all items for which it is asked.</param>
/// <param name="ItemId">The item, or null.</param>
/// <param name="AskedOf">Of whom it was asked then. Once it is asked of somebody else, that one may know.</param>
/// <param name="By">Who said so: a party id, role or service.</param>
/// <param name="At">When.</param>
public sealed record QuestionLeftOpen(string Fact, ItemKind On, string? ItemId, string AskedOf, string By, DateTimeOffset At) : QuestionChange;
