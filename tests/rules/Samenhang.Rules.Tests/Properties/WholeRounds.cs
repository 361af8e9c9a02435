using System.Globalization;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Samenhang.Casemanager.Domain.Assessment;
using Outcome = Samenhang.Language.Outcome;

namespace Samenhang.Rules.Tests.Properties;

/// <summary>What must hold of every case over the real rulebooks.</summary>
public sealed class WholeRounds
{
    private static readonly Round Real = new(Repository.Rulebooks);

    private static readonly Config Thorough = Config.QuickThrowOnFailure.WithMaxTest(400).WithReplay(20261122, 1201, 60);

    private static readonly Arbitrary<int> AnyCase = Arb.From(Gen.Choose(0, Repository.Cases.Count - 1));

    private static IReadOnlyList<Coverage> Zvw(Case @case) => Repository.Rulebooks.ByService["zvw"].Assess(@case);

    [Fact]
    public void There_are_case_files_to_try() => Assert.True(Repository.Cases.Count > 300, $"only {Repository.Cases.Count} cases");

    /// <summary>One fact taken away, and back again: what was decided without it stays, unless a rule of the row reads that fact.</summary>
    [Fact]
    public void Learning_a_fact_never_turns_a_decided_answer_into_another_without_reading_it() => Check.One(Thorough, Prop.ForAll(AnyCase, Arb.From(Gen.Choose(0, int.MaxValue)), (index, pick) =>
    {
        var whole = Repository.Cases[index].Case;
        var (less, fact) = WithoutOneFact(whole, pick);
        if (fact is null)
        {
            return;
        }

        foreach (var rulebook in Repository.Rulebooks.ByService.Values.Where(book => book.Service != "employer"))
        {
            var learned = rulebook.Assess(whole).ToDictionary(Key);
            foreach (var before in rulebook.Assess(less).Where(IsDecided))
            {
                if (learned.TryGetValue(Key(before), out var after) && after.Outcome != before.Outcome)
                {
                    Assert.True(Reads(rulebook, whole, before, fact), $"{Repository.Cases[index].Name}: {Key(before)} went from {before.Outcome} to {after.Outcome} by {fact}, which no rule of the row reads");
                }
            }
        }
    }));

    /// <summary>An answer that misses facts becomes decided or stays open when they are learned; it never asks for a fact that is known.</summary>
    [Fact]
    public void No_answer_asks_for_a_fact_that_is_known()
    {
        foreach (var (name, @case) in Repository.Cases)
        {
            foreach (var row in Real.Of(@case).Coverage.Where(row => row.Service == "casemanager" && row.Reason == "missing-facts"))
            {
                foreach (var id in row.MissingFacts.Where(id => Repository.Vocabulary.FactById[id].Level == FactLevel.Client))
                {
                    Assert.False(@case.Facts[Repository.Vocabulary.FactById[id]].IsKnown, $"{name}: {row.NeedId} × {row.Scheme} asks for {id}, which is known");
                }
            }
        }
    }

    [Fact]
    public void Every_answer_has_a_rule_a_source_and_a_sentence_and_every_open_one_a_reason()
    {
        foreach (var (name, @case) in Repository.Cases)
        {
            foreach (var row in Real.Of(@case).Coverage)
            {
                var where = $"{name}: {row.NeedId} × {row.Scheme}";
                Assert.True(row.RuleIds.Count > 0 && row.Sources.All(source => source.Lines.Length > 0), where);
                Assert.True(row.Explanation.Nl.Length > 0 && row.Explanation.En.Length > 0, where);
                Assert.True(row.Reason is null == (row.Outcome != Outcome.Undetermined), where);
                Assert.True(row.Outcome is Outcome.Conditional == (row.OpenConditions.Count > 0), where);
                Assert.DoesNotContain("bekend: .", row.Explanation.Nl, StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public void The_order_of_rules_and_files_does_not_matter()
    {
        var shuffled = new Round(RulebookSet.Load(Repository.Derived, Repository.RuleFiles.ToDictionary(
            pair => pair.Key,
            pair => (IReadOnlyList<RuleFile>)[.. pair.Value.Reverse().Select((file, i) => new RuleFile($"{i:00}-{file.Name}", Backwards(file.Text)))])));
        foreach (var (name, @case) in Repository.Cases)
        {
            Assert.True(Text(Real.Of(@case)) == Text(shuffled.Of(@case)), name);
        }
    }

    /// <summary>Of a case in which no fact is known, nothing is covered by a rule that reads one, and no condition has failed.</summary>
    [Fact]
    public void Unknown_is_never_false()
    {
        foreach (var (name, whole) in Repository.Cases)
        {
            var nothing = whole with
            {
                Facts = FactSet.Empty,
                Needs = [.. whole.Needs.Select(need => need with { Facts = FactSet.Empty })],
                Provisions = [],
                Parties = [.. whole.Parties.Select(party => party with { Facts = FactSet.Empty })],
                Events = [],
                Evidence = [],
            };
            foreach (var rulebook in Repository.Rulebooks.ByService.Values.Where(book => book.Service != "employer"))
            {
                foreach (var row in rulebook.Assess(nothing).Where(row => row.Outcome is Outcome.Covered or Outcome.NotCovered))
                {
                    // Whether something happened or was asked is known (the lists are complete), and what "proven" or "!=" says is known on purpose.
                    var clauses = rulebook.Explain(nothing, row.NeedId, row.Scheme)!.Clauses.Where(clause => clause.InForce && row.RuleIds.Contains(clause.Clause.Rule.Id) && clause.Clause.Effect != Effect.Informs);
                    Assert.True(clauses.Any(clause => clause.Truth != Truth.Unknown), $"{name}: {Key(row)} is {row.Outcome} by clauses of which none is known");
                    foreach (var clause in clauses.Where(clause => clause.Truth != Truth.Unknown && clause.Clause.When is not null))
                    {
                        Assert.True(IsKnownWithoutFacts(clause), $"{name}: {Key(row)} rests on {clause.Clause.Rule}: {clause.Clause.When}");
                    }
                }
            }
        }
    }

    [Fact]
    public void The_same_case_gives_the_same_bytes_again_and_on_many_threads()
    {
        var first = Repository.Cases.Select(one => Text(Real.Of(one.Case))).ToList();
        var again = new string[Repository.Cases.Count];
        var fresh = new Round(RulebookSet.Load(Repository.Derived, Repository.RuleFiles));
        Parallel.For(0, again.Length, i => again[i] = Text(fresh.Of(Repository.Cases[i].Case)));
        Assert.Equal(first, again);
    }

    private static string Key(Coverage row) => $"{row.NeedId} × {row.Scheme}";

    private static bool IsDecided(Coverage row) => row.Outcome is not Outcome.Undetermined;

    /// <summary>Whether a clause of the row can read the fact, straight, behind a derived fact, or (payer and existence of the row) by its law.</summary>
    private static bool Reads(Rulebook rulebook, Case @case, Coverage row, FactDefinition fact)
    {
        bool Uses(FactDefinition read) => read == fact || read.DerivedFrom.Any(source => source == fact.Id || (Repository.Vocabulary.FactById.TryGetValue(source, out var deeper) && deeper != read && Uses(deeper)));
        var clauses = rulebook.Explain(@case, row.NeedId, row.Scheme)!.Clauses;
        return clauses.SelectMany(clause => clause.Clause.Facts).Any(Uses) ||
            (Repository.Vocabulary.Schemes[row.Scheme].EntitlementKind == "contractOnly" && fact.Id == "prov.contract");
    }

    private static (Case Less, FactDefinition? Fact) WithoutOneFact(Case whole, int pick)
    {
        var places = new List<(Func<Case> Less, FactDefinition Fact)>();
        foreach (var (fact, _) in whole.Facts)
        {
            places.Add((() => whole with { Facts = whole.Facts.With(fact, Value.Unknown) }, fact));
        }

        foreach (var need in whole.Needs)
        {
            foreach (var (fact, _) in need.Facts)
            {
                places.Add((() => whole with { Needs = [.. whole.Needs.Select(n => n == need ? n with { Facts = n.Facts.With(fact, Value.Unknown) } : n)] }, fact));
            }
        }

        foreach (var provision in whole.Provisions)
        {
            foreach (var (fact, _) in provision.Facts)
            {
                places.Add((() => whole with { Provisions = [.. whole.Provisions.Select(p => p == provision ? p with { Facts = p.Facts.With(fact, Value.Unknown) } : p)] }, fact));
            }
        }

        return places.Count == 0 ? (whole, null) : (places[pick % places.Count].Less(), places[pick % places.Count].Fact);
    }

    private static bool IsKnownWithoutFacts(ClauseTrace clause)
    {
        bool Known(TraceNode node) => node.Truth == Truth.Unknown || node.Parts.Count > 0
            ? node.Parts.Where(part => part.Truth != Truth.Unknown).All(Known)
            : node.Facts.Count == 0 || node.Text.Contains("known(", StringComparison.Ordinal) || node.Text.Contains("!=", StringComparison.Ordinal) || node.Text.Contains("some(", StringComparison.Ordinal)
                || node.Text.Contains("proven(", StringComparison.Ordinal) || node.Facts.All(use => use.Value.IsKnown);
        return Known(clause.Condition!);
    }

    private static string Backwards(string yaml)
    {
        var entries = yaml.Split("\n- id:");
        return entries.Length < 3 ? yaml : entries[0] + string.Concat(entries[1..].Reverse().Select(entry => "\n- id:" + entry.TrimEnd('\n'))) + "\n";
    }

    private static string Text(CaseAssessment assessment)
    {
        var text = new StringBuilder();
        foreach (var row in assessment.Coverage)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"{row.NeedId} {row.Scheme} {row.Outcome} {row.Reason} {row.Payer} {row.FallbackPayer} {row.PaymentMode} {row.Product} {row.Strength} {row.Modal} {row.Responsible} {row.Indicative} {row.LegalRisk}");
            text.AppendLine(string.Join(' ', row.RuleIds.Concat(row.ContestedBy).Concat(row.MissingFacts).Concat(row.Suggests).Append(row.Explanation.Nl).Append(row.Explanation.En)));
        }

        foreach (var found in assessment.Findings.Raised)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"{found.Flag.Id} {found.Item} {found.Explanation.Nl}");
        }

        foreach (var open in assessment.Findings.Undecided)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"{open.Flag.Id} {open.Item} {string.Join(' ', open.MissingFacts)}");
        }

        return text.ToString();
    }
}
