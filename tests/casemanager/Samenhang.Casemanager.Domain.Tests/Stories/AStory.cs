using System.Text.Json;
using Samenhang.Casemanager.Domain.Cases;
using Samenhang.Casemanager.Domain.Plans;
using Samenhang.Casemanager.Domain.Tests.WholeCases;
using Samenhang.Language;

namespace Samenhang.Casemanager.Domain.Tests.Stories;

/// <summary>
/// A case that lives day by day. It has the casemanager's own findings; the services answer with no rows. It keeps a diary: on which day the
/// status or the last day of a term changed, and on which a finding about a term appeared or disappeared.
/// </summary>
internal sealed class AStory
{
    private static readonly CaseDecisions Decisions = new(SampleCases.Vocabulary, ProjectCases.Assessor);

    private readonly List<CaseChange> log = [];
    private readonly List<string> diary = [];
    private readonly Dictionary<string, (string Status, DateOnly Due)> terms = [];
    private readonly HashSet<string> findings = [];
    private CaseState state = CaseState.None;

    public AStory(DateOnly begin, CaseDocument content)
    {
        Today = begin;
        Do(new CaseCommand.Open { At = Now, CaseId = "story", Title = "Een verhaal", Content = content });
        Write();
    }

    public DateOnly Today { get; private set; }

    public IReadOnlyList<string> Diary => diary;

    public IReadOnlyList<CaseChange> Log => log;

    public Plan Plan => state.Plan!;

    public Moment Now => new(new DateTimeOffset(Today, new TimeOnly(9, 0), TimeSpan.Zero), Today);

    /// <summary>Lets the days pass until a day, which begins; then what happens on it.</summary>
    public void On(string day, params Func<Moment, CaseCommand>[] happens)
    {
        Until(SampleCases.Day(day).AddDays(-1));
        BeginDay();
        foreach (var happening in happens)
        {
            Do(happening(Now));
        }

        Write();
    }

    public void Until(DateOnly day)
    {
        while (Today < day)
        {
            BeginDay();
            Write();
        }
    }

    /// <summary>What is remembered is what was written down: the state is made anew from the text of the log.</summary>
    public void Restart() =>
        state = CaseState.From(log.Select(change => JsonSerializer.Deserialize<CaseChange>(JsonSerializer.Serialize(change))!));

    public void Do(CaseCommand command)
    {
        var questions = new Queue<CoverageAsked>();
        Take(command);
        while (questions.TryDequeue(out var asked))
        {
            Take(new CaseCommand.TakeAnswer(asked.Round, asked.Service, []) { At = Now });
        }

        void Take(CaseCommand next)
        {
            var accepted = Assert.IsType<Decision.Accepted>(Decisions.Decide(state, next));
            log.AddRange(accepted.Changes);
            state = accepted.Changes.Aggregate(state, CaseState.Evolve);
            foreach (var asked in accepted.Changes.OfType<CoverageAsked>())
            {
                questions.Enqueue(asked);
            }
        }
    }

    private void BeginDay()
    {
        Today = Today.AddDays(1);
        Do(new CaseCommand.BeginDay { At = Now });
    }

    private void Write()
    {
        foreach (var term in Plan.Deadlines.OrderBy(d => d.Id, StringComparer.Ordinal))
        {
            var now = (Status: term.Status.ToString(), term.Due);
            var known = terms.TryGetValue(term.Id, out var was);
            var isMoved = was.Due != now.Due && !SampleCases.Vocabulary.Deadlines.Single(d => d.Id == term.Id).Recurs;
            if (!known || was.Status != now.Status || isMoved)
            {
                diary.Add($"{Today:yyyy-MM-dd} {term.Id} {now.Status} {term.Due:yyyy-MM-dd}");
            }

            terms[term.Id] = now;
        }

        var raised = Plan.Findings.Where(f => f.Family == "deadline").Select(f => f.FlagId).ToHashSet();
        diary.AddRange(raised.Except(findings).Order(StringComparer.Ordinal).Select(f => $"{Today:yyyy-MM-dd} + {f}"));
        diary.AddRange(findings.Except(raised).Order(StringComparer.Ordinal).Select(f => $"{Today:yyyy-MM-dd} - {f}"));
        findings.Clear();
        findings.UnionWith(raised);
    }
}
