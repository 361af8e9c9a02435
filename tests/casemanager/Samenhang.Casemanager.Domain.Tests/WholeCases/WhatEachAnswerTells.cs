using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Samenhang.Casemanager.Domain.Plans;
using Samenhang.Language;
using Samenhang.Language.CaseFiles;

namespace Samenhang.Casemanager.Domain.Tests.WholeCases;

/// <summary>What every answer owes its reader, whatever the case: all case files of the project and all their variants.</summary>
public partial class WhatEachAnswerTells
{
    private static readonly List<(string Id, Plan Plan)> Plans = [.. ProjectCases.All.Select(item => ($"{item.Folder}/{item.Id}", ProjectCases.Plan(item.Case)))];

    private static readonly bool[] OnAndOff = [true, false];

    [Fact]
    public void Each_answer_rests_on_rules_and_says_where_each_of_them_stands() =>
        Holds(row => row.RuleIds.Count > 0 && row.RuleIds.All(rule => row.Sources.Any(source => source.RuleId == rule && SourceFile().IsMatch(source.Document) && Lines().IsMatch(source.Lines))));

    [Fact]
    public void Each_answer_is_said_in_Dutch_and_in_English() =>
        Holds(row => IsSentence(row.Explanation.Nl) && IsSentence(row.Explanation.En) && row.Explanation.Nl != row.Explanation.En);

    [Fact]
    public void An_answer_that_is_undetermined_says_why_and_no_other_answer_does() =>
        Holds(row => row.Outcome == Outcome.Undetermined ? row.Reason is { } reason && SampleCases.Vocabulary.UndeterminedReasons.Contains(reason) : row.Reason is null);

    [Fact]
    public void What_rests_on_an_option_says_which_and_is_never_shown_as_law()
    {
        var optional = SampleCases.Vocabulary.Options;
        Case Under(Case @case, bool on) => @case with { Options = on ? [.. optional.Order(StringComparer.Ordinal)] : [] };
        var rows = (
            from item in ProjectCases.All
            where item.Case.Rulebooks.Contains("003")
            from switched in OnAndOff
            from row in ProjectCases.Plan(Under(item.Case, switched)).Coverage
            select (On: switched, Name: $"{item.Folder}/{item.Id} {row.NeedId} {row.Scheme} {(switched ? "on" : "off")}", Row: row, Options: row.Sources.Where(source => source.Option is not null).ToList())).ToList();

        // Where a rule speaks because its option is on, the answer is a proposal, or is contested by it, or nothing carries it. Where the
        // option is off the rule only tells what might have been, and never gives a title.
        Assert.Empty(rows
            .Where(one => one.Options.Exists(source => !optional.Contains(source.Option!)
                || !(one.On
                    ? one.Row.Strength is null or Strength.Proposal || one.Row.ContestedBy.Contains(source.RuleId)
                    : one.Row is not { Outcome: Outcome.Covered, Strength: Strength.Proposal })))
            .Select(one => $"{one.Name}: {one.Row.Strength} by {string.Join(", ", one.Options.Select(source => source.RuleId))}"));
        Assert.Contains(rows, one => one.Row is { Outcome: Outcome.Covered or Outcome.Conditional, Strength: Strength.Proposal } && one.Options.Count > 0);
    }

    [Fact]
    public void What_is_undetermined_for_missing_facts_names_them_and_asks_for_one_or_for_a_source_of_one()
    {
        var silent =
            from item in Plans
            let asked = item.Plan.Questions.Where(q => q.QuestionNl.EndsWith('?')).Select(q => q.Fact).ToHashSet(StringComparer.Ordinal)
            from row in item.Plan.Coverage
            where row.Reason == "missing-facts" && !row.MissingFacts.Any(missing => WithItsSources(missing).Overlaps(asked))
            select $"{item.Id} {row.NeedId} {row.Scheme}: {string.Join(", ", row.MissingFacts)}";

        Assert.Empty(silent);
        Assert.Contains(Plans, item => item.Plan.Coverage.Any(row => row.Reason == "missing-facts"));
    }

    [Fact]
    public void What_a_file_expects_and_how_it_is_called_change_nothing_in_the_answer()
    {
        var reader = new CaseFileReader(SampleCases.Vocabulary);
        var different =
            from path in ProjectCases.Paths
            let bare = Assert.IsType<CaseFileReading.Read>(reader.Read(Bare(path), "another-name.json")).File
            from item in bare.Variants.Select(v => v.Case).Prepend(bare.Case).Select((@case, place) => (Case: @case, Place: place))
            let answer = JsonSerializer.Serialize(ProjectCases.Plan(item.Case))
            where answer != JsonSerializer.Serialize(WholeOf(path, item.Place))
            select $"{Path.GetFileName(path)} {item.Place}";

        Assert.Empty(different);

        Plan WholeOf(string path, int place)
        {
            var whole = ((CaseFileReading.Read)reader.ReadFile(path)).File;
            return ProjectCases.Plan(place == 0 ? whole.Case : whole.Variants[place - 1].Case);
        }
    }

    private static void Holds(Func<Coverage, bool> promise)
    {
        var broken =
            from item in Plans
            from row in item.Plan.Coverage
            where !promise(row)
            select $"{item.Id} {row.NeedId} {row.Scheme}: {row}";

        Assert.Empty(broken);
    }

    private static bool IsSentence(string text) => text.Length > 10 && text.Contains(' ', StringComparison.Ordinal) && char.IsPunctuation(text[^1]);

    private static HashSet<string> WithItsSources(string fact)
    {
        var found = new HashSet<string>(StringComparer.Ordinal);
        Add(fact);
        return found;

        void Add(string id)
        {
            if (found.Add(id) && SampleCases.Vocabulary.FactById.TryGetValue(id, out var definition))
            {
                foreach (var source in definition.DerivedFrom)
                {
                    Add(source);
                }
            }
        }
    }

    /// <summary>The file without its expectations and names. A variant must have a name, so it gets another one.</summary>
    private static string Bare(string path)
    {
        var file = JsonNode.Parse(File.ReadAllText(path))!.AsObject();
        file.Remove("id");
        file.Remove("title");
        file.Remove("expect");
        foreach (var (variant, place) in (file["variants"]?.AsArray() ?? []).Select((variant, place) => (variant!.AsObject(), place)))
        {
            variant["id"] = $"v{place}";
            variant.Remove("expect");
        }

        return file.ToJsonString();
    }

    [GeneratedRegex(@"^\S+\.txt$")]
    private static partial Regex SourceFile();

    [GeneratedRegex("^[0-9]+")]
    private static partial Regex Lines();
}
