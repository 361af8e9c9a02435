using Samenhang.Casemanager.Domain.Views;
using Samenhang.Language;
using Samenhang.Rules;

namespace Samenhang.Casemanager.Domain.Assessment;

/// <summary>A row that the answer of another service points to: the rulebook answers it, although no rule or provision asked for it.</summary>
public sealed record SuggestedRow(string NeedId, string Scheme);

/// <summary>What a service is asked: what it may see of the case, and the rows of its own schemes that another answer points to.</summary>
public sealed record ServiceQuestion(Case View, IReadOnlyList<SuggestedRow> Suggested);

/// <summary>The rulebook of one service: its rows for a question. Pure.</summary>
public delegate IReadOnlyList<Coverage> AnswerQuestion(ServiceQuestion question);

/// <summary>The casemanager's findings over the whole case and the rows of all. Pure.</summary>
public delegate FindingResult FindOverWhole(Case whole, IReadOnlyList<Coverage> rows);

/// <summary>
/// One round of a case. Zvw is asked first; the others get its answer as <c>coverage.zvwTitle</c>; then the casemanager adds the rows
/// of the schemes of no service and looks at the whole. Answers that came one by one over the bus and answers that were computed
/// at once go through the same assembly.
/// </summary>
/// <param name="vocabulary">The vocabulary.</param>
/// <param name="own">The casemanager's own rulebook.</param>
/// <param name="find">The casemanager's findings.</param>
/// <param name="policiesFor">What counts of the numbers and policies for a municipality and an insurer, as a short text; null = always the same.</param>
public sealed class CaseAssessor(Vocabulary vocabulary, AnswerQuestion own, FindOverWhole find, Func<string?, string?, string>? policiesFor = null)
{
    private readonly DomainViews views = new(vocabulary);

    /// <summary>The assessor of a casemanager with this rulebook and these findings.</summary>
    public static CaseAssessor With(Vocabulary vocabulary, Rulebook own, FindingBook findings)
    {
        ArgumentNullException.ThrowIfNull(own);
        ArgumentNullException.ThrowIfNull(findings);
        return new CaseAssessor(vocabulary, Answer(own), findings.Evaluate, own.Policies.VersionFor);
    }

    /// <summary>What counts of the numbers and policies for a case: while it stays the same, so do the answers to the same question.</summary>
    public string PoliciesFor(string? tenant, string? insurer) => policiesFor?.Invoke(tenant, insurer) ?? "";

    /// <summary>A rulebook as something that answers questions.</summary>
    public static AnswerQuestion Answer(Rulebook rulebook)
    {
        ArgumentNullException.ThrowIfNull(rulebook);
        return question => rulebook.Assess(question.View, question.Suggested.Select(s => (s.NeedId, s.Scheme)));
    }

    /// <summary>The whole round at once, with the rulebooks at hand. A service without a rulebook counts as silent.</summary>
    public CaseAssessment Assess(Case @case, IReadOnlyDictionary<string, AnswerQuestion> rulebooks)
    {
        ArgumentNullException.ThrowIfNull(@case);
        ArgumentNullException.ThrowIfNull(rulebooks);
        var answers = new Dictionary<string, IReadOnlyList<Coverage>>();
        var filled = @case;
        foreach (var service in Services.Asked)
        {
            if (rulebooks.TryGetValue(service, out var answer))
            {
                answers[service] = answer(QuestionOf(service, filled, answers.GetValueOrDefault(Services.Zvw)));
            }

            filled = service == Services.Zvw ? ZvwTitle.Fill(@case, answers.GetValueOrDefault(service), vocabulary) : filled;
        }

        return Assembled(filled, answers);
    }

    /// <summary>What a service is asked.</summary>
    /// <param name="service">The service.</param>
    /// <param name="case">The case.</param>
    /// <param name="zvw">The answer of zvw; null while it has none. Zvw itself is asked without.</param>
    public ServiceQuestion QuestionFor(string service, Case @case, IReadOnlyList<Coverage>? zvw)
    {
        ArgumentNullException.ThrowIfNull(@case);
        return QuestionOf(service, service == Services.Zvw ? @case : ZvwTitle.Fill(@case, zvw, vocabulary), zvw);
    }

    /// <summary>The assessment from the answers that came; a service that is asked and has none was silent.</summary>
    public CaseAssessment Assemble(Case @case, IReadOnlyDictionary<string, IReadOnlyList<Coverage>> answers)
    {
        ArgumentNullException.ThrowIfNull(@case);
        ArgumentNullException.ThrowIfNull(answers);
        return Assembled(ZvwTitle.Fill(@case, answers.GetValueOrDefault(Services.Zvw), vocabulary), answers);
    }

    private ServiceQuestion QuestionOf(string service, Case filled, IReadOnlyList<Coverage>? zvw)
    {
        var view = views.For(service, filled);
        return new ServiceQuestion(view, service == Services.Zvw ? [] : Suggested(zvw ?? [], view, service));
    }

    private CaseAssessment Assembled(Case filled, IReadOnlyDictionary<string, IReadOnlyList<Coverage>> answers)
    {
        var answered = Ordered(filled, Services.Asked.SelectMany(s => answers.GetValueOrDefault(s) ?? []));
        var rest = own(new ServiceQuestion(filled, Suggested(answered, filled, "none")));
        var rows = Ordered(filled, answered.Concat(rest));
        return new CaseAssessment
        {
            Case = filled,
            Coverage = rows,
            Findings = find(filled, rows),
            Silent = [.. Services.Asked.Where(s => !answers.ContainsKey(s))],
        };
    }

    /// <summary>The rows that answers point to, of needs that are in the view and schemes of the service.</summary>
    private List<SuggestedRow> Suggested(IEnumerable<Coverage> answers, Case view, string service) =>
        [.. answers
            .Where(row => view.Needs.Any(n => n.Id == row.NeedId))
            .SelectMany(row => row.Suggests.Where(s => vocabulary.Schemes.TryGetValue(s, out var scheme) && scheme.Service == service).Select(s => new SuggestedRow(row.NeedId, s)))
            .Distinct()
            .OrderBy(s => s.NeedId, StringComparer.Ordinal).ThenBy(s => s.Scheme, StringComparer.Ordinal)];

    /// <summary>By need as the case lists them, service as they are asked, scheme. The order of arrival leaves no trace.</summary>
    private static List<Coverage> Ordered(Case @case, IEnumerable<Coverage> rows)
    {
        var needs = @case.Needs.Select((n, i) => (n.Id, Place: i)).ToDictionary(n => n.Id, n => n.Place);
        return [.. rows
            .OrderBy(r => needs.GetValueOrDefault(r.NeedId, int.MaxValue))
            .ThenBy(r => Services.Asked.TakeWhile(s => s != r.Service).Count())
            .ThenBy(r => r.Scheme, StringComparer.Ordinal)
            .ThenBy(r => r.Product, StringComparer.Ordinal)];
    }
}
