using Samenhang.Casemanager.Domain.Cases;
using Samenhang.Casemanager.Domain.Plans;
using Samenhang.Casemanager.Domain.Views;
using Samenhang.Language;

namespace Samenhang.Casemanager.Domain.Questions;

/// <summary>What becomes of an answer to a question of the newest plan. Pure.</summary>
public sealed class QuestionDecisions(Vocabulary vocabulary)
{
    private readonly LawfulSource sources = new(vocabulary, new DomainViews(vocabulary));

    /// <summary>The question of the newest plan that asks for a fact, or why there is none.</summary>
    /// <param name="state">The case.</param>
    /// <param name="place">The fact and the item on which it stands; its value is not read.</param>
    /// <param name="path">The path of the field as the API names it.</param>
    public (PlanQuestion? Question, CaseError? Error) Find(CaseState state, PlacedFact place, string path)
    {
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(place);
        var checks = new CaseChecks(vocabulary).In(state);
        checks.Placed(place, path);
        return checks.Faults.Count > 0 ? (null, new CaseError.Invalid(checks.Faults))
            : state.Plan?.Questions.FirstOrDefault(question => question.Fact == place.Fact) is { } asked ? (asked, null)
            : (null, new CaseError.NoSuchItem("question"));
    }

    /// <summary>
    /// Who may lawfully answer a question: the one of whom it is asked first, then the parties of the case who may, and the client about
    /// himself where the case names no party for him.
    /// </summary>
    public IReadOnlyList<string> MayAnswer(PlanQuestion question, Case @case)
    {
        ArgumentNullException.ThrowIfNull(question);
        ArgumentNullException.ThrowIfNull(@case);
        return vocabulary.FactById.TryGetValue(question.Fact, out var fact)
            ? [.. @case.Parties.Select(party => party.Id).Append(LawfulSource.Client).Where(who => sources.MayAnswer(who, question.AskedOf, fact, @case))
                .Where(who => who != LawfulSource.Client || !@case.Parties.Any(party => party.Role == LawfulSource.Client))
                .Prepend(question.AskedOf).Distinct()]
            : [question.AskedOf];
    }

    /// <summary>The changes that follow, or why there are none.</summary>
    internal (List<CaseChange>? Changes, CaseError? Error) Decide(CaseState state, CaseCommand.GiveAnswer answer)
    {
        var checks = new CaseChecks(vocabulary).In(state);
        checks.Placed(answer.Fact, "answer");
        checks.Who(answer.By, "by");
        if (checks.Faults.Count > 0)
        {
            return (null, new CaseError.Invalid(checks.Faults));
        }

        var (question, error) = Find(state, answer.Fact, "answer");
        if (question is null)
        {
            return (null, error);
        }

        var fact = vocabulary.FactById[answer.Fact.Fact];
        var whole = state.ToCase(vocabulary);
        return !sources.MayAnswer(answer.By, question.AskedOf, fact, whole)
            ? (null, new CaseError.Forbidden("NO_LAWFUL_SOURCE", WhoMay(question.AskedOf, fact, whole)))
            : ([answer.Fact.Value.IsKnown
                ? new FactsRecorded([answer.Fact], answer.By, null, answer.At.Instant)
                : new QuestionLeftOpen(answer.Fact.Fact, answer.Fact.On, answer.Fact.ItemId, question.AskedOf, answer.By, answer.At.Instant)], null);
    }

    private Sentence WhoMay(string askedOf, FactDefinition fact, Case whole)
    {
        var role = whole.Parties.FirstOrDefault(party => party.Id == askedOf)?.Role;
        var (nl, en) = role is not null && role != askedOf
            ? ($"{askedOf} ({vocabulary.PartyRoles.GetValueOrDefault(role)?.LabelNl ?? role})", $"{askedOf} ({role})")
            : (askedOf, askedOf);
        return LawfulSource.IsOfClient(fact) && role != LawfulSource.Client && askedOf != LawfulSource.Client
            ? new($"Deze vraag mag beantwoord worden door {nl} of door de cliënt zelf.", $"This question may be answered by {en} or by the client.")
            : new($"Deze vraag mag beantwoord worden door {nl}.", $"This question may be answered by {en}.");
    }
}
