using System.Collections.Frozen;
using Samenhang.Language;

namespace Samenhang.Messages.Employer;

/// <summary>Between the employer's question, which names its fields one by one, and a case as the rules read it.</summary>
public static class EmployerQuestion
{
    // Stand for "the company physician advised something": the employer's rules ask whether, never what.
    private const string Advised = "advised";

    /// <summary>The question about a view of the employer; what has no field here stays behind.</summary>
    public static AskEmployerCoverage Of(Case view, IEnumerable<SuggestedScheme> suggested, string pseudonym, int round, Vocabulary vocabulary)
    {
        ArgumentNullException.ThrowIfNull(view);
        ArgumentNullException.ThrowIfNull(suggested);
        ArgumentNullException.ThrowIfNull(vocabulary);
        Value Fact(string id) => view.Facts[vocabulary.FactById[id]];
        bool? Bool(string id) => Fact(id) is { Kind: ValueKind.Bool } value ? value.Truth == Truth.True : null;
        DateOnly? Day(string id) => Fact(id) is { Kind: ValueKind.Date } value ? value.Date : null;
        string? Code(string id) => Fact(id) is { Kind: ValueKind.Code } value ? value.Code : null;

        var title = vocabulary.FactById["coverage.zvwTitle"];
        return new AskEmployerCoverage
        {
            CasePseudonym = pseudonym,
            Round = round,
            AsOf = view.AsOf,
            Rulebooks = [.. view.Rulebooks.Order(StringComparer.Ordinal)],
            Tenant = view.Tenant,
            Options = [.. view.Options.Order(StringComparer.Ordinal)],
            Work = new WorkFacts
            {
                Status = Codes<WorkStatus>.Find(Code("work.status")),
                SickListed = Bool("work.sickListed"),
                FirstSickDay = Day("work.firstSickDay"),
                SickWeek = Fact("work.sickWeek") is { Kind: ValueKind.Number } week ? (int)week.Number : null,
                ArboReportedOn = Day("work.arboReportedOn"),
                PlanVanAanpakOn = Day("work.planVanAanpakOn"),
                UwvReportedOn = Day("work.uwvReportedOn"),
                WageSanction = Bool("work.wageSanction"),
                ReintegrationEffortSufficient = Bool("work.reintegrationEffortSufficient"),
                BedrijfsartsEngaged = Bool("work.bedrijfsartsEngaged"),
                OpenConsultation = Bool("work.openConsultation"),
                AdviceClasses = Fact("work.adviceClass") is { Kind: ValueKind.Set } classes
                    ? [.. classes.Set.Select(Codes<AdviceClass>.Find).OfType<AdviceClass>()] : null,
                AdviceFollowed = Bool("work.adviceFollowed"),
                DeviationReasoned = Bool("work.deviationReasoned"),
                EmployerWillingToPay = Bool("work.employerWillingToPay"),
                AdaptedWorkOffered = Bool("work.adaptedWorkOffered"),
                AdaptedWorkWithinAbility = Bool("work.adaptedWorkWithinAbility"),
                AdaptedWorkAccepted = Bool("work.adaptedWorkAccepted"),
                LimitationsAdvised = Fact("work.functionalLimitations") is { Kind: ValueKind.Set } limitations ? limitations.Set.Length > 0 : null,
                AdaptedWorkAdvised = Fact("work.adaptedWorkAdvice").IsKnown ? true : null,
                NoRiskEligible = Bool("work.noRiskEligible"),
                TherapeuticBasis = Bool("work.therapeuticBasis"),
                EmployerCarriesWiaRisk = Code("benefit.wiaResponsible") is { } carrier ? carrier == "employer" : null,
            },
            Needs = [.. from need in view.Needs
                let word = Codes<NeedWord>.Find(need.Kind.SeenByEmployerAs)
                where word is not null
                let outcome = need.Facts[title]
                select new EmployerNeed(need.Id, word.Value, outcome.Kind == ValueKind.Code ? Codes<InsuranceTitle>.Find(outcome.Code) : null)],
            Tracks = [.. from provision in view.Provisions
                let scheme = Codes<EmployerScheme>.Find(provision.Scheme.Id)
                let status = Codes<TrackStatus>.Find(provision.Status)
                where scheme is not null && status is not null
                select new EmployerTrack(provision.Id, scheme.Value, status.Value, provision.NeedIds, provision.RequestedOn, provision.From, provision.To)],
            Steps = [.. from happened in view.Events
                let step = Codes<WvpStep>.Find(happened.Type)
                where step is not null
                select new StepTaken(step.Value, happened.Date)],
            Roles = [.. view.Parties.Select(party => Codes<EmployerRole>.Find(party.Role)).OfType<EmployerRole>().Distinct()],
            Suggested = [.. from row in suggested
                let scheme = Codes<EmployerScheme>.Find(row.Scheme)
                where scheme is not null
                select new SuggestedTrack(row.NeedId, scheme.Value)],
            Open = [.. view.Open.Order(StringComparer.Ordinal)],
        };
    }

    /// <summary>The case as the employer's rules read it.</summary>
    public static Case ToCase(this AskEmployerCoverage question, Vocabulary vocabulary)
    {
        ArgumentNullException.ThrowIfNull(question);
        ArgumentNullException.ThrowIfNull(vocabulary);
        var work = question.Work;
        var facts = new (string Id, Value Value)[]
        {
            ("work.status", Value.Of(work.Status is { } status ? Codes<WorkStatus>.Of(status) : null)),
            ("work.sickListed", Of(work.SickListed)),
            ("work.firstSickDay", Of(work.FirstSickDay)),
            ("work.sickWeek", work.SickWeek is { } week ? Value.Of((decimal)week) : Value.Unknown),
            ("work.arboReportedOn", Of(work.ArboReportedOn)),
            ("work.planVanAanpakOn", Of(work.PlanVanAanpakOn)),
            ("work.uwvReportedOn", Of(work.UwvReportedOn)),
            ("work.wageSanction", Of(work.WageSanction)),
            ("work.reintegrationEffortSufficient", Of(work.ReintegrationEffortSufficient)),
            ("work.bedrijfsartsEngaged", Of(work.BedrijfsartsEngaged)),
            ("work.openConsultation", Of(work.OpenConsultation)),
            ("work.adviceClass", work.AdviceClasses is { } classes ? Value.SetOf(classes.Select(Codes<AdviceClass>.Of)) : Value.Unknown),
            ("work.adviceFollowed", Of(work.AdviceFollowed)),
            ("work.deviationReasoned", Of(work.DeviationReasoned)),
            ("work.employerWillingToPay", Of(work.EmployerWillingToPay)),
            ("work.adaptedWorkOffered", Of(work.AdaptedWorkOffered)),
            ("work.adaptedWorkWithinAbility", Of(work.AdaptedWorkWithinAbility)),
            ("work.adaptedWorkAccepted", Of(work.AdaptedWorkAccepted)),
            ("work.functionalLimitations", work.LimitationsAdvised is { } limited ? Value.SetOf(limited ? [Advised] : []) : Value.Unknown),
            ("work.adaptedWorkAdvice", work.AdaptedWorkAdvised == true ? Value.Of(Advised) : Value.Unknown),
            ("work.noRiskEligible", Of(work.NoRiskEligible)),
            ("work.therapeuticBasis", Of(work.TherapeuticBasis)),
            ("benefit.wiaResponsible", work.EmployerCarriesWiaRisk is { } carries ? Value.Of(carries ? "employer" : "uwv") : Value.Unknown),
        };
        var title = vocabulary.FactById["coverage.zvwTitle"];
        return new Case
        {
            Id = question.CasePseudonym,
            AsOf = question.AsOf,
            Rulebooks = question.Rulebooks.ToFrozenSet(),
            Tenant = question.Tenant,
            Options = question.Options.ToFrozenSet(),
            Facts = new FactSet(facts.Select(fact => KeyValuePair.Create(vocabulary.FactById[fact.Id], fact.Value))),
            Needs = [.. question.Needs.Select(need => new Need(
                need.NeedId,
                vocabulary.EmployerNeeds[Codes<NeedWord>.Of(need.Word)],
                need.InsuranceTitle is { } outcome ? FactSet.Empty.With(title, Value.Of(Codes<InsuranceTitle>.Of(outcome))) : FactSet.Empty))],
            Provisions = [.. question.Tracks.Select(track => new Provision
            {
                Id = track.ProvisionId,
                Scheme = vocabulary.Schemes[Codes<EmployerScheme>.Of(track.Scheme)],
                Domain = "employer",
                Status = Codes<TrackStatus>.Of(track.Status),
                NeedIds = track.NeedIds,
                RequestedOn = track.RequestedOn,
                From = track.From,
                To = track.To,
            })],
            Parties = [.. question.Roles.Select(role => new Party { Id = Codes<EmployerRole>.Of(role), Role = Codes<EmployerRole>.Of(role), Service = "employer" })],
            Events = [.. question.Steps.Select(step => new CaseEvent { Type = Codes<WvpStep>.Of(step.Step), Date = step.Date })],
            Open = question.Open.ToFrozenSet(),
        };
    }

    /// <summary>The rows that another answer points to.</summary>
    public static IReadOnlyList<SuggestedScheme> SuggestedSchemes(this AskEmployerCoverage question)
    {
        ArgumentNullException.ThrowIfNull(question);
        return [.. question.Suggested.Select(row => new SuggestedScheme(row.NeedId, Codes<EmployerScheme>.Of(row.Scheme)))];
    }

    private static Value Of(bool? value) => value is { } known ? Value.Of(known) : Value.Unknown;

    private static Value Of(DateOnly? value) => value is { } known ? Value.Of(known) : Value.Unknown;
}
