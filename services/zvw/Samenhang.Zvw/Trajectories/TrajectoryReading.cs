using Samenhang.Api.Reading;
using Samenhang.Api.Writing;
using Samenhang.Zvw.Paths;
using Wire = Samenhang.Protos.Zvw.V1;

namespace Samenhang.Zvw.Trajectories;

/// <summary>Reads and writes a trajectory.</summary>
internal static class TrajectoryReading
{
    private static readonly FactFields Treatment = new(Wire.TreatmentFacts.Descriptor, new Dictionary<int, string>
    {
        [Wire.TreatmentFacts.ContractFieldNumber] = "prov.contract",
        [Wire.TreatmentFacts.EstimatedProductFieldNumber] = "claim.estimatedProduct",
        [Wire.TreatmentFacts.PatientReportedOnFieldNumber] = "claim.patientReportedOn",
        [Wire.TreatmentFacts.PlanAgreedFieldNumber] = "plan.patientAgreed",
        [Wire.TreatmentFacts.ProviderIndependentFieldNumber] = "claim.providerIndependent",
        [Wire.TreatmentFacts.OutsideRegionFieldNumber] = "ggz.outsideRegion",
    });

    private static readonly FactFields Duties = new(Wire.DutiesDone.Descriptor, new Dictionary<int, string>
    {
        [Wire.DutiesDone.DirectContactFieldNumber] = "hb.directContact",
        [Wire.DutiesDone.CompetenceCheckedFieldNumber] = "hb.competenceChecked",
        [Wire.DutiesDone.FileCheckedFieldNumber] = "hb.fileChecked",
        [Wire.DutiesDone.InformedByOthersFieldNumber] = "hb.informedByOthers",
        [Wire.DutiesDone.InterimEvaluationFieldNumber] = "hb.interimEvaluation",
        [Wire.DutiesDone.EndEvaluationFieldNumber] = "hb.endEvaluation",
        [Wire.DutiesDone.ClosureAuthorisedFieldNumber] = "hb.closureAuthorised",
        [Wire.DutiesDone.AdviceGivenFieldNumber] = "referral.adviceGiven",
    });

    /// <summary>The start of a trajectory.</summary>
    internal static Trajectory Trajectory(this RequestReader reader, Wire.OpenTrajectoryRequest request, DateOnly today)
    {
        var openedOn = reader.Day("opened_on", request.OpenedOn) ?? today;
        var onReferral = request.PathId.Length > 0;
        if (reader.Member("ground", request.Ground) is var ground and not Wire.OpeningGround.Unspecified && onReferral != (ground == Wire.OpeningGround.Referral))
        {
            reader.Add("ground", "Met een zorgpad is de grond de verwijzing; zonder zorgpad is dat crisis of directe toegang.",
                "With a path the ground is the referral; without a path it is crisis or direct access.");
        }

        return new Trajectory
        {
            OpenedOn = openedOn,
            Ground = request.Ground switch
            {
                Wire.OpeningGround.Crisis => OpeningGround.Crisis,
                Wire.OpeningGround.DirectAccess => OpeningGround.DirectAccess,
                _ => OpeningGround.Referral,
            },
            Product = reader.Text("product", request.Product, 200),
            Facts = Treatment.Read(reader, "facts", request.Facts),
            MainPractitioners = request.MainPractitioner is { } main ? [new(reader.Practitioner("main_practitioner", main), openedOn)] : [],
            CoPractitioners = reader.Items("co_practitioners", request.CoPractitioners, reader.Practitioner),
        };
    }

    internal static Practitioner Practitioner(this RequestReader reader, string path, Wire.Practitioner? practitioner)
    {
        practitioner ??= new Wire.Practitioner();
        return new Practitioner
        {
            PartyId = reader.Id($"{path}.party_id", practitioner.PartyId),
            Profession = reader.OptionalCode($"{path}.profession", practitioner.Profession, reader.Vocabulary.Professions.Keys),
            Organisation = reader.Text($"{path}.organisation", practitioner.Organisation, 200),
            Registrations = practitioner.Registrations.Count == 0 ? null
                : reader.Codes($"{path}.registrations", practitioner.Registrations, reader.Vocabulary.FactById["party.registrations"].Values!),
            InTraining = practitioner.HasInTraining ? practitioner.InTraining : null,
        };
    }

    internal static ProductChange ProductChange(this RequestReader reader, string path, Wire.ProductChange? change, DateOnly today)
    {
        change ??= new Wire.ProductChange();
        return new ProductChange(
            reader.Code($"{path}.scheme", change.Scheme, reader.OwnSchemes()),
            reader.Text($"{path}.product", change.Product, 200),
            reader.Day($"{path}.changed_on", change.ChangedOn) ?? today,
            reader.OptionalId($"{path}.changed_by", change.ChangedBy),
            change.HasDemandChanged ? change.DemandChanged : null,
            change.HasRecorded ? change.Recorded : null,
            change.HasPatientInformed ? change.PatientInformed : null);
    }

    internal static Closing Closing(this RequestReader reader, string path, Wire.Closing? closing, DateOnly today)
    {
        closing ??= new Wire.Closing();
        reader.Member($"{path}.reason", closing.Reason);
        return new Closing(
            reader.Day($"{path}.closed_on", closing.ClosedOn) ?? today,
            reader.OptionalId($"{path}.closed_by", closing.ClosedBy),
            closing.Reason switch
            {
                Wire.ClosingReason.AfterDiagnostics => ClosingReason.AfterDiagnostics,
                Wire.ClosingReason.BackToGp => ClosingReason.BackToGp,
                Wire.ClosingReason.Elsewhere => ClosingReason.Elsewhere,
                Wire.ClosingReason.ClientStopped => ClosingReason.ClientStopped,
                Wire.ClosingReason.Died => ClosingReason.Died,
                _ => ClosingReason.Completed,
            },
            Duties.Read(reader, $"{path}.duties", closing.Duties));
    }

    internal static Wire.Trajectory ToWire(this Trajectory trajectory, string? providerId) => new()
    {
        OpenedOn = trajectory.OpenedOn.ToWire(),
        Ground = trajectory.Ground switch
        {
            OpeningGround.Referral => Wire.OpeningGround.Referral,
            OpeningGround.Crisis => Wire.OpeningGround.Crisis,
            OpeningGround.DirectAccess => Wire.OpeningGround.DirectAccess,
        },
        Product = trajectory.Product ?? "",
        ProviderId = providerId ?? "",
        Facts = Treatment.Write(trajectory.Facts, new Wire.TreatmentFacts()),
        MainPractitioners = { trajectory.MainPractitioners.Select(main => new Wire.MainPractitioner { Practitioner = main.Practitioner.ToWire(), From = main.From.ToWire(), Role = main.Role }) },
        CoPractitioners = { trajectory.CoPractitioners.Select(ToWire) },
        Changes = { trajectory.Changes.Select(ToWire) },
        Closing = trajectory.Closing?.ToWire(),
    };

    private static Wire.Practitioner ToWire(this Practitioner practitioner)
    {
        var wire = new Wire.Practitioner
        {
            PartyId = practitioner.PartyId,
            Profession = practitioner.Profession ?? "",
            Organisation = practitioner.Organisation ?? "",
            Registrations = { practitioner.Registrations ?? [] },
        };
        if (practitioner.InTraining is { } inTraining)
        {
            wire.InTraining = inTraining;
        }

        return wire;
    }

    private static Wire.ProductChange ToWire(this ProductChange change)
    {
        var wire = new Wire.ProductChange { Scheme = change.Scheme, Product = change.Product ?? "", ChangedOn = change.On.ToWire(), ChangedBy = change.By ?? "" };
        if (change.DemandChanged is { } demandChanged)
        {
            wire.DemandChanged = demandChanged;
        }

        if (change.Recorded is { } recorded)
        {
            wire.Recorded = recorded;
        }

        if (change.PatientInformed is { } informed)
        {
            wire.PatientInformed = informed;
        }

        return wire;
    }

    private static Wire.Closing ToWire(this Closing closing) => new()
    {
        ClosedOn = closing.On.ToWire(),
        ClosedBy = closing.By ?? "",
        Reason = closing.Reason switch
        {
            ClosingReason.Completed => Wire.ClosingReason.Completed,
            ClosingReason.AfterDiagnostics => Wire.ClosingReason.AfterDiagnostics,
            ClosingReason.BackToGp => Wire.ClosingReason.BackToGp,
            ClosingReason.Elsewhere => Wire.ClosingReason.Elsewhere,
            ClosingReason.ClientStopped => Wire.ClosingReason.ClientStopped,
            ClosingReason.Died => Wire.ClosingReason.Died,
        },
        Duties = Duties.Write(closing.Facts, new Wire.DutiesDone()),
    };
}
