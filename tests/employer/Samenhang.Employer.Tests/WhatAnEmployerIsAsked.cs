using System.Collections.Frozen;
using System.Text.Json;
using Samenhang.Casemanager.Domain;
using Samenhang.Casemanager.Domain.Views;
using Samenhang.Language;
using Samenhang.Messages;
using Samenhang.Messages.Employer;
using Samenhang.Platform.Store;

namespace Samenhang.Employer.Tests;

/// <summary>The question that goes over the bus, made from a case in which everything is known.</summary>
public sealed class WhatAnEmployerIsAsked
{
    private const string Secret = "geheim";
    private static readonly Vocabulary Vocabulary = VocabularyLoader.Load(VocabularyLoader.DefaultFolder);
    private static readonly DateOnly Today = new(2016, 10, 1);

    [Fact]
    public void Nothing_that_it_may_not_see_is_in_the_message_however_much_is_known()
    {
        var whole = Everything();
        var question = EmployerQuestion.Of(new DomainViews(Vocabulary).For(Services.Employer, whole), [], "name-of-the-case", 3, Vocabulary);

        var json = JsonSerializer.Serialize(question, StoreJson.Options);

        Assert.DoesNotContain(Secret, json, StringComparison.Ordinal);
        Assert.DoesNotContain(whole.Id, json, StringComparison.Ordinal);
        foreach (var code in new[] { "psych-treatment", "debt-help", "burn-out", "bijstand", "gbggz", "huisarts", "psychiater" })
        {
            Assert.DoesNotContain(code, json, StringComparison.Ordinal);
        }

        Assert.Contains("Intervention", json, StringComparison.Ordinal);
        Assert.Equal(["n1", "n3"], question.Needs.Select(need => need.NeedId));
    }

    [Fact]
    public void What_the_rules_read_survives_the_way_over_the_bus()
    {
        var view = new DomainViews(Vocabulary).For(Services.Employer, Everything());
        var question = EmployerQuestion.Of(view, [new SuggestedScheme("n1", "employer-funded-treatment")], "name", 3, Vocabulary);

        var sent = JsonSerializer.Deserialize<AskEmployerCoverage>(JsonSerializer.Serialize(question, StoreJson.Options), StoreJson.Options)!;
        var read = sent.ToCase(Vocabulary);

        foreach (var fact in view.Facts.Where(fact => fact.Key.Id is not ("work.functionalLimitations" or "work.adaptedWorkAdvice") && fact.Key.Level == FactLevel.Client))
        {
            Assert.Equal(fact.Value, read.Facts[fact.Key]);
        }

        Assert.True(read.Facts[Vocabulary.FactById["work.functionalLimitations"]].Set.Length > 0);
        Assert.True(read.Facts[Vocabulary.FactById["work.adaptedWorkAdvice"]].IsKnown);
        Assert.Equal(view.Needs.Select(need => (need.Id, need.Kind)), read.Needs.Select(need => (need.Id, need.Kind)));
        Assert.Equal(view.Provisions.Select(p => (p.Id, p.Scheme, p.Status, p.From)), read.Provisions.Select(p => (p.Id, p.Scheme, p.Status, p.From)));
        Assert.Equal(view.Events.Select(e => (e.Type, e.Date)), read.Events.Select(e => (e.Type, e.Date)));
        Assert.Equal([new SuggestedScheme("n1", "employer-funded-treatment")], sent.SuggestedSchemes());
    }

    /// <summary>A case in which every fact has a value, and every text is a secret.</summary>
    private static Case Everything()
    {
        var facts = new FactSet(Vocabulary.Facts.Select(fact => KeyValuePair.Create(fact, ValueOf(fact))));
        FactSet At(FactLevel level) => facts.Where(fact => fact.Level == level);
        return new Case
        {
            Id = "0199-the-case",
            AsOf = Today,
            Rulebooks = Vocabulary.Documents.Keys.ToFrozenSet(),
            Facts = At(FactLevel.Client),
            Needs =
            [
                new Need("n1", Vocabulary.Needs["psych-treatment"], At(FactLevel.Need)),
                new Need("n2", Vocabulary.Needs["debt-help"], At(FactLevel.Need)),
                new Need("n3", Vocabulary.Needs["reintegration"], At(FactLevel.Need)),
            ],
            Provisions =
            [
                Provision("p1", "gbggz", "zvw"), Provision("p2", "employer-reintegration-track1", "employer"), Provision("p3", "employer-funded-treatment", "employer"),
            ],
            Parties =
            [
                new Party { Id = "x1", Role = "huisarts", Profession = "huisarts", Organisation = Secret, Service = "zvw", Facts = At(FactLevel.Party) },
                new Party { Id = "x2", Role = "regiebehandelaar", Profession = "psychiater", Organisation = Secret, Service = "zvw" },
                new Party { Id = "x3", Role = "company-physician", Profession = "bedrijfsarts", Organisation = Secret, Service = "employer", Facts = At(FactLevel.Party) },
            ],
            Consents = [new Consent("x1", "x3", ["full"], null, null, null)],
            Events =
            [
                new CaseEvent { Type = "diagnosis-recorded", Date = Today, Need = "n1" },
                new CaseEvent { Type = "bedrijfsarts-advice", Date = new DateOnly(2016, 6, 15), Party = "x3", Category = "medical" },
            ],
            Evidence = [new Evidence("treatment-plan", Today, "x2", new Dictionary<string, Value> { ["version"] = Value.Of(Secret) })],
        };

        Provision Provision(string id, string scheme, string domain) => new()
        {
            Id = id,
            Scheme = Vocabulary.Schemes[scheme],
            Domain = domain,
            Status = "running",
            NeedIds = ["n1", "n3"],
            ProviderId = "x2",
            Payer = Secret,
            From = new DateOnly(2016, 4, 6),
            Product = Secret,
            Goal = Secret,
            Facts = At(FactLevel.Provision),
        };
    }

    private static Value ValueOf(FactDefinition fact) => fact.Type switch
    {
        FactType.Bool => Value.Of(true),
        FactType.Int or FactType.Decimal => Value.Of(7m),
        FactType.Date => Value.Of(new DateOnly(2016, 5, 5)),
        FactType.Enum => Value.Of(fact.Values!.Order(StringComparer.Ordinal).First()),
        FactType.Set => Value.SetOf([fact.Values?.Order(StringComparer.Ordinal).First() ?? Secret]),
        FactType.String => Value.Of(Secret),
    };
}
