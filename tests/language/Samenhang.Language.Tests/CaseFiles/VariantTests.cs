using Samenhang.Language.CaseFiles;

namespace Samenhang.Language.Tests.CaseFiles;

/// <summary>A variant is the case with a merge patch, read and checked as a whole.</summary>
public sealed class VariantTests
{
    private static readonly Vocabulary Words = Repository.Vocabulary;

    [Fact]
    public void A_patch_changes_what_it_names_and_keeps_the_rest()
    {
        var patched = Patched("""{"asOf": "2017-02-01", "facts": {"work.status": "unemployed"}}""");
        Assert.Equal(new DateOnly(2017, 2, 1), patched.AsOf);
        Assert.Equal(Value.Of("unemployed"), patched.Facts[Words.FactById["work.status"]]);
        Assert.Equal(Value.Of(true), patched.Facts[Words.FactById["work.sickListed"]]);
        Assert.Equal(2, patched.Needs.Count);
    }

    [Fact]
    public void Items_merge_by_id_in_their_old_place_and_new_ones_follow()
    {
        var patched = Patched("""{"needs": [{"id": "n3", "kind": "reintegration"}, {"id": "n1", "facts": {"gp.canTreat": false}}]}""");
        Assert.Equal(["n1", "n2", "n3"], patched.Needs.Select(need => need.Id));
        Assert.Equal("psych-treatment", patched.Needs[0].Kind.Id);
        Assert.Equal(Value.Of(false), patched.Needs[0].Facts[Words.FactById["gp.canTreat"]]);
        Assert.Equal(Value.Of("burn-out"), patched.Needs[0].Facts[Words.FactById["health.classification"]]);
    }

    [Fact]
    public void Remove_deletes_an_item_and_is_silent_about_one_that_is_not_there()
    {
        var patched = Patched("""{"needs": [{"id": "n2", "$remove": true}, {"id": "n9", "$remove": true}]}""");
        Assert.Equal("n1", Assert.Single(patched.Needs).Id);
    }

    [Fact]
    public void Null_makes_a_fact_unknown_and_takes_another_key_out()
    {
        var patched = Patched("""{"facts": {"work.sickListed": null}, "provisions": [{"id": "p1", "from": null}]}""");
        Assert.False(patched.Facts[Words.FactById["work.sickListed"]].IsKnown);
        Assert.Null(patched.Provisions[0].From);
    }

    [Fact]
    public void Lists_without_ids_and_lists_of_codes_are_replaced_as_a_whole()
    {
        var patched = Patched("""{"events": [{"type": "plan-van-aanpak-made", "date": "2016-06-01"}], "rulebooks": ["001"]}""");
        Assert.Equal("plan-van-aanpak-made", Assert.Single(patched.Events).Type);
        Assert.Equal(["001"], patched.Rulebooks);
        Assert.Empty(Patched("""{"needs": [], "provisions": []}""").Needs);
    }

    [Fact]
    public void The_base_case_is_not_touched_by_its_variants()
    {
        var file = Reading.File(With("""{"needs": [{"id": "n1", "$remove": true}], "provisions": []}"""));
        Assert.Equal(2, file.Case.Needs.Count);
        Assert.Single(file.Variants[0].Case.Needs);
    }

    [Fact]
    public void A_key_in_the_variants_expect_replaces_that_key_as_a_whole_and_the_others_are_inherited()
    {
        var file = Reading.File(With("{}", """{"flags": []}"""));
        var expect = file.Variants[0].Expect!;
        Assert.Empty(expect.Flags);
        Assert.Equal("deadline.uwv-report-week42", Assert.Single(expect.NotFlags).Id);
        Assert.Single(file.Expect!.Flags);
    }

    [Fact]
    public void A_fault_in_a_patched_case_names_the_variant_and_the_line_in_the_file()
    {
        var fault = Assert.Single(Reading.Faults(With("""
            {
              "provisions": [{"id": "p1", "status": "stoped"}]}
            """)));
        Assert.Equal("v", fault.Variant);
        Assert.Equal("$.provisions[0].status", fault.Path);
        Assert.StartsWith("a.json(13,", fault.LineEn, StringComparison.Ordinal);
        Assert.Contains(" variant v: ", fault.LineEn, StringComparison.Ordinal);
    }

    [Fact]
    public void A_reference_that_the_patch_breaks_is_a_fault_of_the_variant()
    {
        var fault = Assert.Single(Reading.Faults(With("""{"needs": [{"id": "n1", "$remove": true}]}""")));
        Assert.Equal(("v", "$.provisions[0].needIds[0]"), (fault.Variant, fault.Path));
    }

    [Fact]
    public void A_fault_of_the_base_case_is_told_once()
    {
        var fault = Assert.Single(Reading.Faults(With("{}").Replace("\"employed\"", "\"employd\"", StringComparison.Ordinal)));
        Assert.Null(fault.Variant);
    }

    [Fact]
    public void Expectations_do_not_belong_in_a_patch() =>
        Assert.Contains("does not belong in a patch", Assert.Single(Reading.Faults(With("""{"expect": {}}"""))).LineEn, StringComparison.Ordinal);

    private static Case Patched(string patch) => Assert.Single(Reading.File(With(patch)).Variants).Case;

    private static string With(string patch, string expect = "{}") => $$$"""
        {
          "format": "samenhang-case/1", "id": "T-02", "asOf": "2016-10-01",
          "rulebooks": ["002a", "002b"],
          "facts": {"work.status": "employed", "work.sickListed": true},
          "needs": [
            {"id": "n1", "kind": "psych-treatment", "facts": {"health.classification": "burn-out"}},
            {"id": "n2", "kind": "income"}
          ],
          "provisions": [{"id": "p1", "scheme": "gp-care", "domain": "zvw", "status": "running", "needIds": ["n1"], "from": "2016-04-11"}],
          "events": [{"type": "bedrijfsarts-advice", "date": "2016-06-15"}],
          "expect": {"flags": [{"id": "uncovered.burnout-no-payer"}], "notFlags": ["deadline.uwv-report-week42"]},
          "variants": [{"id": "v", "patch": {{{patch}}}, "expect": {{{expect}}}}]
        }
        """;
}
