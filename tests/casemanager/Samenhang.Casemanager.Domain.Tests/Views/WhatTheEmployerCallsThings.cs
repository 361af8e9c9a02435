using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Samenhang.Casemanager.Domain.Tests.Cases;
using Samenhang.Casemanager.Domain.Views;
using Samenhang.Language;

namespace Samenhang.Casemanager.Domain.Tests.Views;

/// <summary>An id is chosen by whoever records an item and can say what no employer may know: the employer gets names of its own.</summary>
public class WhatTheEmployerCallsThings
{
    private static readonly CaseThroughEyes Eyes = new(SampleCases.Vocabulary);

    private static readonly EmployerNames Names = new(id => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"key {id}")))[..16]);

    [Fact]
    public void No_chosen_id_stands_in_what_the_employer_sees()
    {
        var planted = Planted(SampleCases.Simon);
        var seen = Names.In(Eyes.Of(Viewer.Employer, ACase.Opened(planted).Settle().State));

        Assert.NotEmpty(seen.View.Needs);
        Assert.NotEmpty(seen.View.Provisions);
        Assert.NotEmpty(seen.View.Parties);
        Assert.NotEmpty(seen.Coverage);
        Assert.DoesNotContain("depressie", Text(seen), StringComparison.Ordinal);
        Assert.Contains("depressie", Text(Eyes.Of(Viewer.Employer, ACase.Opened(planted).Settle().State)), StringComparison.Ordinal); // So the search finds one.
    }

    [Fact]
    public void No_chosen_id_stands_in_the_view_that_the_employer_judges() => Properties.HoldForAnySeed(seed =>
    {
        var view = Names.In(new DomainViews(SampleCases.Vocabulary).For(Services.Employer, Planted(SampleCases.Random(seed)) with { Id = "case" }));

        Assert.DoesNotContain("depressie", JsonSerializer.Serialize(CaseDocument.Of(view)), StringComparison.Ordinal);
    });

    [Fact]
    public void What_belongs_together_still_does()
    {
        var seen = Names.In(Eyes.Of(Viewer.Employer, ACase.Opened(SampleCases.Simon).Settle().State));
        var needs = seen.View.Needs.Select(need => need.Id).ToHashSet();

        Assert.Equal(needs.Count, seen.View.Needs.Count);
        Assert.All(seen.Coverage, row => Assert.Contains(row.NeedId, needs));
        Assert.All(seen.View.Provisions.SelectMany(p => p.NeedIds), id => Assert.Contains(id, needs));
        Assert.Contains(seen.View.Provisions, p => seen.View.Parties.Any(party => party.Id == p.ProviderId));
    }

    [Fact]
    public void A_name_is_read_back_and_an_id_of_the_employers_own_stays()
    {
        var ids = Names.Back(["depressie-1", "n2"]);

        Assert.Equal("depressie-1", ids.Of(Names.Of("depressie-1")));
        Assert.Equal("0199-own-record", ids.Of("0199-own-record"));
    }

    private static string Text(SeenCase seen) => JsonSerializer.Serialize(new { View = CaseDocument.Of(seen.View), seen.Coverage, seen.Findings, seen.Deadlines, seen.Questions });

    // Every id gets a word that it must not have.
    private static Case Planted(Case whole)
    {
        static string Of(string id) => $"depressie-{id}";
        var parties = whole.Parties.Select(party => party.Id).ToHashSet();
        string? Who(string? who) => who is not null && parties.Contains(who) ? Of(who) : who;
        return whole with
        {
            Needs = [.. whole.Needs.Select(need => need with { Id = Of(need.Id) })],
            Provisions = [.. whole.Provisions.Select(p => p with { Id = Of(p.Id), NeedIds = [.. p.NeedIds.Select(Of)], ProviderId = Who(p.ProviderId) })],
            Parties = [.. whole.Parties.Select(party => party with { Id = Of(party.Id), ProvisionIds = [.. party.ProvisionIds.Select(Of)] })],
            Consents = [.. whole.Consents.Select(consent => consent with { From = Who(consent.From)!, To = Who(consent.To)! })],
            Events = [.. whole.Events.Select(e => e with
            {
                Party = e.Party is null ? null : Of(e.Party), Provision = e.Provision is null ? null : Of(e.Provision), Need = e.Need is null ? null : Of(e.Need),
                From = Who(e.From), To = Who(e.To), AcknowledgedBy = Who(e.AcknowledgedBy),
            })],
        };
    }
}
