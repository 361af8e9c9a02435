using Samenhang.Language;
using Samenhang.Messages.Cases;
using Samenhang.Rules;
using Samenhang.Zvw.Claims;
using Samenhang.Zvw.ClaimsCheck;
using Samenhang.Zvw.Paths;
using Samenhang.Zvw.Referrals;
using Samenhang.Zvw.Trajectories;

namespace Samenhang.Domains.Tests.Zvw;

/// <summary>
/// The billing decision of document 001, row by row (lines 478-483, 612-670, 833-849, 938-941, 1704-1713, 2148-2167, 2352-2377, 2591-2600):
/// each condition once as it must be, where the bill is paid, and once turned around.
/// </summary>
public sealed class WhatIsPayable
{
    private static readonly Vocabulary Vocabulary = VocabularyLoader.Load(VocabularyLoader.DefaultFolder);

    private static readonly RulebookSet Rulebooks = RulebookSet.Load(
        Vocabulary, VocabularyLoader.DefaultFolder, new Dictionary<string, string> { ["zvw"] = Path.Combine(AppContext.BaseDirectory, "rulebooks", "zvw") });

    private static readonly ClaimsChecker Checker = new(
        Rulebooks.ByService["zvw"], PaymentBook.Load(Rulebooks, "zvw", RuleFile.Read(Path.Combine(AppContext.BaseDirectory, "claims", "payment.yaml"))), Vocabulary);

    private static readonly DateOnly Start = new(2016, 1, 11);

    private static readonly DateOnly End = new(2016, 5, 27);

    /// <summary>A course of basic ggz Middel that is right in every respect, with a bill below the maximum tariff.</summary>
    private static readonly ClaimToCheck Right = new()
    {
        Path = new CarePath
        {
            Id = "path",
            CasePseudonym = "c",
            NeedIds = ["n1"],
            Scheme = "gbggz-middel",
            ProviderId = "hb",
            Referral = new Referral("huisarts", "gbggz", Start.AddDays(-10),
                [Code("referral.by", "huisarts"), Code("referral.toLevel", "gbggz"), Yes("referral.newForThisPath"), Yes("referral.dsmSuspicionStated")]),
            Trajectory = new Trajectory
            {
                OpenedOn = Start,
                Ground = OpeningGround.Referral,
                Product = "BM",
                Facts = [Code("claim.estimatedProduct", "BM"), Yes("prov.contract"), Yes("plan.patientAgreed")],
                MainPractitioners = [new(new Practitioner { PartyId = "hb", Profession = "gz-psycholoog", Organisation = "Praktijk", Registrations = ["BIG"], InTraining = false }, Start)],
                Closing = new Closing(End, "hb", ClosingReason.Completed, [Yes("hb.closureAuthorised"), Yes("hb.directContact"), Yes("hb.endEvaluation")]),
            },
        },
        Lines = [Line("gbggz-middel", "BM", 780)],
        Policy = new PolicyTerms { Kind = "natura", AgreedPrice = 790, DeductibleRemaining = 385 },
        Needs = [Need("psych-treatment", new Dictionary<string, Value>
        {
            ["health.dsmDisorder"] = Value.Of("confirmed"), ["health.classification"] = Value.Of("disorder"), ["health.disorderGroup"] = Value.SetOf(["depressive"]),
            ["health.disorderOnInsuredList"] = Value.Of(true), ["health.severity"] = Value.Of("moderate"), ["health.riskLevel"] = Value.Of("low"),
            ["health.complexity"] = Value.Of("low"), ["health.comorbidity"] = Value.Of(false), ["health.axis234Problem"] = Value.Of(false),
            ["health.needsMultidisciplinary"] = Value.Of(false), ["health.chronic"] = Value.Of(false), ["health.functionalLimitation"] = Value.Of("average"),
            ["health.recoveryChanceHigh"] = Value.Of(true), ["somatic.relation"] = Value.Of("unrelated"), ["gp.canTreat"] = Value.Of(false), ["gp.decidedLevel"] = Value.Of("gbggz"),
            ["health.demandIsNew"] = Value.Of(true),
        })],
        Facts = Facts(new Dictionary<string, Value>
        {
            ["client.birthDate"] = Value.Of(new DateOnly(1971, 1, 3)), ["client.insuredZvw"] = Value.Of(true), ["wlz.indication"] = Value.Of("none"),
            ["somatic.severeImpact"] = Value.Of(false), ["health.psychComplaints"] = Value.Of(true), ["health.dangerSignals"] = Value.SetOf([]),
            ["health.crisis"] = Value.Of(false), ["health.acute"] = Value.Of(false), ["health.relapse"] = Value.Of(false), ["social.networkGood"] = Value.Of(true),
            ["policy.referrers"] = Value.SetOf(["huisarts", "jeugdarts", "bedrijfsarts", "medisch-specialist"]),
            ["policy.hbProfessions"] = Value.SetOf(["gz-psycholoog", "psychiater", "psychotherapeut"]),
            ["policy.practitionersGbggz"] = Value.SetOf(["gz-psycholoog", "psychiater"]),
        }),
        Today = new DateOnly(2016, 7, 1),
    };

    [Fact]
    public void A_right_bill_is_paid_to_the_contracted_provider_and_first_from_the_deductible()
    {
        var verdict = Single(Right);

        Assert.Equal(Verdict.Payable, verdict.Verdict);
        Assert.Equal((Payee.Provider, 780m, 385m, 805.34m), (verdict.PayableTo, verdict.Payable, verdict.Deductible, verdict.MaxTariff));
        Assert.Contains("GB-122", verdict.Reasons.SelectMany(reason => reason.RuleIds));
        Assert.All(verdict.Reasons, reason => Assert.False(string.IsNullOrEmpty(reason.Sentence.Nl) || string.IsNullOrEmpty(reason.Sentence.En)));
        Assert.Empty(verdict.Questions);
    }

    public static TheoryData<string, string> Refused => new()
    {
        { "a problem that is not insured", "GB-104" },
        { "no accepted referrer", "GB-107" },
        { "the POH-GGZ alone", "GB-42" },
        { "another level than referred to", "GB-44" },
        { "no minutes of the main practitioner", "GB-89" },
        { "a main practitioner whom the law does not know", "GB-84" },
        { "a profession that is not in the policy, without contract", "GB-125" },
        { "ended after the diagnostics", "GB-131" },
        { "not closed", "GB-130" },
        { "billed before the closing", "GB-130" },
        { "closing not authorised", "GB-130" },
        { "no estimate beforehand", "GB-64" },
        { "heavier than estimated", "GB-65" },
        { "a change that the patient does not know", "GB-69" },
        { "a change that was not recorded", "GB-65" },
        { "a session", "GB-118" },
        { "e-health apart", "GB-136" },
        { "an OVP consult", "GB-119" },
        { "a product beside one that was claimed", "GB-127" },
        { "a second path without a new referral", "GB-128" },
        { "a client who pays all himself", "GB-120" },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public void A_bill_that_breaks_one_rule_is_not_paid(string what, string rule)
    {
        var verdict = Single(Broken(what));

        Assert.Equal((Verdict.NotPayable, Payee.Nobody, 0m), (verdict.Verdict, verdict.PayableTo, verdict.Payable));
        Assert.Contains(rule, verdict.Reasons.Where(reason => reason.Effect is GroundEffect.Refuses or GroundEffect.Holds).SelectMany(reason => reason.RuleIds));
    }

    public static TheoryData<string, string> Open => new()
    {
        { "whether the closing was authorised", "hb.closureAuthorised" },
        { "how many minutes the main practitioner spent", "hb.minutes" },
        { "whether there is a contract", "prov.contract" },
        { "the price", "claim.price" },
        { "who may refer by the policy", "policy.referrers" },
        { "the disorder", "health.dsmDisorder" },
    };

    [Theory]
    [MemberData(nameof(Open))]
    public void What_is_not_known_is_asked_and_never_guessed(string what, string fact)
    {
        var trajectory = Right.Path.Trajectory!;
        var verdict = Single(what switch
        {
            "whether the closing was authorised" => With(trajectory with { Closing = trajectory.Closing! with { Facts = [] } }),
            "how many minutes the main practitioner spent" => Right with { Lines = [Without(Right.Lines[0], "hb.minutes")] },
            "whether there is a contract" => With(trajectory with { Facts = [Code("claim.estimatedProduct", "BM")] }),
            "the price" => Right with { Lines = [Without(Right.Lines[0], "claim.price")] },
            "who may refer by the policy" => Referred("bedrijfsarts") with { Facts = Facts(Right.Facts.Where(f => f.Key.Id != "policy.referrers").ToDictionary(f => f.Key.Id, f => f.Value)) },
            _ => Right with { Needs = [Need("psych-treatment", Right.Needs[0].Facts.Where(f => f.Key.Id is not ("health.dsmDisorder" or "health.classification")).ToDictionary(f => f.Key.Id, f => f.Value))] },
        });

        Assert.Equal(Verdict.Undetermined, verdict.Verdict);
        Assert.Contains(verdict.Questions, question => question.Fact == fact);
        Assert.Null(verdict.Payable is 0 ? verdict.Payable : null);
    }

    public static TheoryData<bool, string, decimal, decimal?, decimal?, decimal?, Payee, decimal?> Settled => new()
    {
        // contract, policy, price, agreed, percentage, market → to whom, how much (lines 618-644, 833-849)
        { true, "natura", 780, 790, null, null, Payee.Provider, 780 },
        { true, "natura", 780, 700, null, null, Payee.Provider, 700 },
        { true, "natura", 900, 900, null, null, Payee.Provider, 805.34m },
        { true, "natura", 780, null, 90, null, Payee.Provider, 724.81m },
        { true, "restitutie", 780, 790, null, null, Payee.Provider, 780 },
        { true, "natura", 780, null, null, null, Payee.Provider, null },
        { false, "natura", 780, null, 75, null, Payee.Client, 604.01m },
        { false, "natura", 500, null, 75, null, Payee.Client, 500 },
        { false, "natura", 780, 790, null, null, Payee.Client, null },
        { false, "restitutie", 780, null, null, 760, Payee.Client, 760 },
        { false, "restitutie", 900, null, null, 850, Payee.Client, 805.34m },
        { false, "restitutie", 780, null, 75, null, Payee.Client, null },
    };

    [Theory]
    [MemberData(nameof(Settled))]
    public void Who_is_paid_how_much_follows_from_contract_and_policy(
        bool contract, string kind, decimal price, decimal? agreed, decimal? percentage, decimal? market, Payee to, decimal? amount)
    {
        var verdict = Single(Right with
        {
            Lines = [Line("gbggz-middel", "BM", price)],
            Policy = new PolicyTerms { Kind = kind, Contract = contract, AgreedPrice = agreed, Percentage = percentage, MarketTariff = market, DeductibleRemaining = 0 },
        });

        Assert.Equal((to, amount), (verdict.PayableTo, verdict.Payable));
        Assert.Equal(amount is null ? Verdict.Undetermined : Verdict.Payable, verdict.Verdict);
        Assert.Equal(amount is null, verdict.Questions.Count > 0);
        Assert.Equal(price > 805.34m, verdict.Reasons.Any(reason => reason.Effect == GroundEffect.Caps));
    }

    [Theory]
    [InlineData(385, 385)]
    [InlineData(900, 780)]
    [InlineData(0, 0)]
    public void The_client_pays_from_what_is_left_of_the_deductible(int left, int share) =>
        Assert.Equal(share, Single(Right with { Policy = Right.Policy with { DeductibleRemaining = left } }).Deductible);

    [Fact]
    public void A_deductible_that_is_not_known_is_asked_and_the_rest_stands()
    {
        var verdict = Single(Right with { Policy = Right.Policy with { DeductibleRemaining = null } });

        Assert.Equal((Verdict.Payable, 780m, null), (verdict.Verdict, verdict.Payable, verdict.Deductible));
        Assert.Equal("policy.deductibleRemaining", Assert.Single(verdict.Questions).Fact);
    }

    [Fact]
    public void The_tariff_is_that_of_the_year_in_which_the_path_began()
    {
        var trajectory = Right.Path.Trajectory!;
        var verdict = Single(With(trajectory with { OpenedOn = new DateOnly(2015, 12, 20), MainPractitioners = [trajectory.MainPractitioners[0] with { From = new DateOnly(2015, 12, 20) }] }));

        Assert.Equal((Verdict.Undetermined, null, null), (verdict.Verdict, verdict.Payable, verdict.MaxTariff));
        Assert.Contains(verdict.Reasons, reason => reason.Effect is null && reason.RuleIds.Contains("GB-121"));
    }

    [Fact]
    public void Of_two_products_on_one_bill_the_first_is_paid_and_the_second_not()
    {
        var verdicts = Checker.Check(Right with { Lines = [Line("gbggz-middel", "BM", 780), Line("gbggz-kort", "BK", 400)] });

        Assert.Equal([Verdict.Payable, Verdict.NotPayable], verdicts.Select(verdict => verdict.Verdict));
        Assert.Contains("GB-127", verdicts[1].Reasons[0].RuleIds.Concat(verdicts[1].Reasons.SelectMany(reason => reason.RuleIds)));
    }

    [Theory]
    [InlineData("claim.dsmOnInvoice", "GB-134")]
    [InlineData("claim.zzi", "GB-152")]
    public void A_bill_of_specialised_ggz_carries_diagnosis_and_indicator(string fact, string rule)
    {
        var bill = new BillLine("sggz", "DBC",
        [
            Code("claim.lineType", "dbc"), Number("claim.price", 2000), new("claim.invoiceDate", new KnownValue { Day = End.AddDays(1) }), Yes("claim.dsmOnInvoice"),
            Number("claim.zzi", 4), Yes("claim.electronic"), new("claim.privacyDeclaration", new KnownValue { Bool = false }), Number("hb.minutes", 100),
        ]);
        var wrong = bill with
        {
            Facts = [.. bill.Facts.Select(known => known.Fact != fact ? known : known with { Value = fact == "claim.zzi" ? new KnownValue { Number = 8 } : new KnownValue { Bool = false } })],
        };

        Assert.DoesNotContain(Single(Right with { Lines = [bill] }).Reasons, reason => reason.Effect == GroundEffect.Holds && reason.RuleIds.Contains(rule));
        Assert.Contains(Single(Right with { Lines = [wrong] }).Reasons, reason => reason.Effect == GroundEffect.Holds && reason.RuleIds.Contains(rule));
    }

    [Fact]
    public void Care_of_which_the_documents_do_not_say_who_gets_the_bill_stays_open()
    {
        var nursing = new CarePath
        {
            Id = "path", CasePseudonym = "c", NeedIds = ["n1"], Scheme = "district-nursing",
            Trajectory = new Trajectory { OpenedOn = Start, Ground = OpeningGround.DirectAccess, Facts = [Yes("prov.contract")] },
        };
        var verdict = Single(Right with { Path = nursing, Lines = [new BillLine(null, null, [Code("claim.lineType", "time-entry"), Number("claim.price", 100)])], Needs = [Need("nursing", [])] });

        Assert.Equal((Verdict.Undetermined, null, null), (verdict.Verdict, verdict.PayableTo, verdict.Payable));
    }

    [Fact]
    public void A_list_that_forgets_a_finding_or_names_a_wrong_one_does_not_load()
    {
        var wrong = new RuleFile("payment.yaml", """
            grounds:
            - finding: claim.no-hbb
              effect: refuse
              rules: [GB-89]
              nl: Geen hoofdbehandelaar.
              en: No main practitioner.
            - when: claim.lineTyp = session
              effect: refuses
              rules: [GB-999]
              nl: Geen losse sessie.
              en: No single session.
            """);

        var stopped = Assert.Throws<RulebookException>(() => PaymentBook.Load(Rulebooks, "zvw", wrong));

        Assert.All(
            ["claim.no-hbb is no finding", "effect is one of", "GB-999 is no rule", "claim.lineTyp", "claim.no-hb is missing"],
            fault => Assert.Contains(stopped.Faults, found => found.Message.Contains(fault, StringComparison.Ordinal)));
    }

    private static ClaimToCheck Broken(string what)
    {
        var trajectory = Right.Path.Trajectory!;
        var line = Right.Lines[0];
        var change = new ProductChange("gbggz-middel", "BM", Start.AddDays(30), "hb", true, true, true);
        var estimatedKort = trajectory with { Facts = [Code("claim.estimatedProduct", "BK"), Yes("prov.contract")] };
        var kort = Right.Path with { Id = "other", Lines = [new(1, Line("gbggz-kort", "BK", 400))], Scheme = "gbggz-kort" };
        return what switch
        {
            "a problem that is not insured" => Right with { Needs = [Need("psych-treatment", new Dictionary<string, Value> { ["health.classification"] = Value.Of("adjustment-disorder"), ["health.dsmDisorder"] = Value.Of("none") })] },
            "no accepted referrer" => Referred("wijkteam"),
            "the POH-GGZ alone" => Referred("poh-ggz", new KnownFact("referral.gpConsent", new KnownValue { Bool = false })),
            "another level than referred to" => Right with { Path = Right.Path with { Referral = Right.Path.Referral! with { Facts = [Code("referral.by", "huisarts"), Code("referral.toLevel", "sggz"), Yes("referral.newForThisPath")] } } },
            "no minutes of the main practitioner" => Right with { Lines = [With(line, Number("hb.minutes", 0))] },
            "a main practitioner whom the law does not know" => With(trajectory with { MainPractitioners = [new(new Practitioner { PartyId = "hb", Profession = "ergotherapeut", Registrations = ["BIG"], InTraining = false }, Start)] }),
            "a profession that is not in the policy, without contract" => With(trajectory with { MainPractitioners = [new(trajectory.MainPractitioners[0].Practitioner with { Profession = "psychotherapeut" }, Start)] })
                with { Policy = Right.Policy with { Contract = false, Percentage = 75 } },
            "ended after the diagnostics" => With(trajectory with { Closing = trajectory.Closing! with { Reason = ClosingReason.AfterDiagnostics } }),
            "not closed" => With(trajectory with { Closing = null }),
            "billed before the closing" => Right with { Lines = [With(line, new("claim.invoiceDate", new KnownValue { Day = End.AddDays(-1) }))] },
            "closing not authorised" => With(trajectory with { Closing = trajectory.Closing! with { Facts = [new("hb.closureAuthorised", new KnownValue { Bool = false })] } }),
            "no estimate beforehand" => With(trajectory with { Facts = [Yes("prov.contract")] }),
            "heavier than estimated" => With(estimatedKort),
            "a change that the patient does not know" => With(estimatedKort with { Changes = [change with { PatientInformed = false }] }),
            "a change that was not recorded" => With(estimatedKort with { Changes = [change with { Recorded = false }] }),
            "a session" => Right with { Lines = [With(line, Code("claim.lineType", "session"))] },
            "e-health apart" => Right with { Lines = [With(line, Code("claim.lineType", "ehealth"))] },
            "an OVP consult" => Right with { Lines = [With(line, Code("claim.lineType", "ovp-consult"))] },
            "a product beside one that was claimed" => Right with { OtherPaths = [kort] },
            "a second path without a new referral" => Right with
            {
                Path = Right.Path with { Referral = Right.Path.Referral! with { Facts = [Code("referral.by", "huisarts"), Code("referral.toLevel", "gbggz"), new("referral.newForThisPath", new KnownValue { Bool = false })] } },
                OtherPaths = [kort with { Lines = [], Trajectory = trajectory with { OpenedOn = Start.AddDays(-200), Closing = trajectory.Closing! with { On = Start.AddDays(-60) } } }],
            },
            "a client who pays all himself" => Right with { Lines = [With(line, Yes("claim.afterPatientSelfPays"))] },
            _ => throw new ArgumentOutOfRangeException(nameof(what), what, "No such case."),
        };
    }

    private static LineVerdict Single(ClaimToCheck claim) => Assert.Single(Checker.Check(claim));

    private static ClaimToCheck With(Trajectory trajectory) => Right with { Path = Right.Path with { Trajectory = trajectory } };

    private static ClaimToCheck Referred(string by, params KnownFact[] more) => Right with
    {
        Path = Right.Path with { Referral = new Referral(by, "gbggz", Start, [Code("referral.by", by), Code("referral.toLevel", "gbggz"), Yes("referral.newForThisPath"), .. more]) },
    };

    private static BillLine With(BillLine line, KnownFact fact) => line with { Facts = [.. Without(line, fact.Fact).Facts, fact] };

    private static BillLine Without(BillLine line, string fact) => line with { Facts = [.. line.Facts.Where(known => known.Fact != fact)] };

    private static BillLine Line(string scheme, string product, decimal price) => new(scheme, product,
        [Code("claim.lineType", "product"), Number("claim.price", price), new("claim.invoiceDate", new KnownValue { Day = End.AddDays(3) }), Number("hb.minutes", 240), Number("hb.coMinutes", 60)]);

    private static KnownFact Code(string fact, string code) => new(fact, new KnownValue { Code = code });

    private static KnownFact Yes(string fact) => new(fact, new KnownValue { Bool = true });

    private static KnownFact Number(string fact, decimal number) => new(fact, new KnownValue { Number = number });

    private static Need Need(string kind, IReadOnlyDictionary<string, Value> facts) => new("n1", Vocabulary.Needs[kind], Facts(facts));

    private static Need Need(string kind, KeyValuePair<string, Value>[] facts) => Need(kind, facts.ToDictionary());

    private static FactSet Facts(IReadOnlyDictionary<string, Value> facts) => new(facts.Select(fact => KeyValuePair.Create(Vocabulary.FactById[fact.Key], fact.Value)));
}
