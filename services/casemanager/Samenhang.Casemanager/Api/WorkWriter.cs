using Google.Protobuf.WellKnownTypes;
using Samenhang.Api;
using Samenhang.Api.Writing;
using Samenhang.Casemanager.Cases;
using Samenhang.Casemanager.Domain.Cases;
using Samenhang.Casemanager.Domain.Work;
using Wire = Samenhang.Protos.Casemanager.V1;

namespace Samenhang.Casemanager.Api;

/// <summary>Writes the work of a case as the contract says it.</summary>
internal static class WorkWriter
{
    // Two sides of an error share the room that clients give to details (8 KiB of headers, in base64), in up to three bytes a letter.
    private const int LongestInError = 300;
    private const int LongestNameInError = 60;
    private const int MostSidesInError = 5;

    /// <summary>All pieces of work.</summary>
    public static Wire.PlanWork ToWire(this WorkRegister work) => new() { Items = { work.All.Select(ToWire) } };

    /// <summary>A piece of work.</summary>
    public static Wire.WorkItem ToWire(this WorkItem item) => new()
    {
        ItemId = item.Id,
        Version = item.Version,
        Content = item.Content.ToWire(),
        WrittenBy = item.By,
        WrittenAt = Timestamp.FromDateTimeOffset(item.At),
    };

    /// <summary>What a piece of work says.</summary>
    public static Wire.WorkContent ToWire(this WorkContent content) => content switch
    {
        WorkAction a => new Wire.WorkContent
        {
            Action = new Wire.WorkAction
            {
                Text = a.Text,
                Owner = a.Owner,
                Due = a.Due.ToWire(),
                NeedId = a.NeedId ?? "",
                Status = WireLists.ToWire<WorkStatus, Wire.WorkStatus>(a.Status),
                Evidence = a.Evidence?.ToWire(),
                Note = a.Note ?? "",
            },
        },
        WorkGoal g => new Wire.WorkContent
        {
            Goal = new Wire.WorkGoal { NeedId = g.NeedId, Text = g.Text, Target = g.Target.ToWire(), DroppedBecause = g.DroppedBecause ?? "" },
        },
        WorkEvaluation e => new Wire.WorkContent
        {
            Evaluation = new Wire.WorkEvaluation
            {
                GoalId = e.GoalId,
                On = e.On.ToWire(),
                Result = WireLists.ToWire<EvaluationResult, Wire.EvaluationResult>(e.Result),
                Note = e.Note ?? "",
                Next = e.Next.ToWire(),
            },
        },
        WorkAgreement a => new Wire.WorkContent
        {
            Agreement = new Wire.WorkAgreement
            {
                Sides = { a.Sides.Select(side => new Wire.AgreementSide { Organisation = side.Organisation, PartyId = side.PartyId }) },
                About = a.About,
                From = a.From.ToWire(),
                To = a.To.ToWire(),
            },
        },
        WorkContactPoint c => new Wire.WorkContent
        {
            ContactPoint = new Wire.WorkContactPoint { Organisation = c.Organisation, PartyId = c.PartyId, About = c.About, From = c.From.ToWire(), To = c.To.ToWire() },
        },
        _ => throw new InvalidOperationException($"{content.GetType().Name} is no piece of work."),
    };

    /// <summary>Both sides of a conflict about a piece of work.</summary>
    public static Wire.StaleWorkItem ToWire(this CaseError.StaleItem stale)
    {
        var yours = Shortened(stale.Wanted);
        var current = Shortened(stale.Current.Content);
        return new Wire.StaleWorkItem
        {
            SeenVersion = stale.Seen,
            Yours = yours.ToWire(),
            Current = (stale.Current with { Content = current }).ToWire(),
            Shortened = yours != stale.Wanted || current != stale.Current.Content,
        };
    }

    /// <summary>Both sides of a conflict about an appointment.</summary>
    public static Wire.StaleAppointment ToWire(this CaseError.StaleAppointment stale) =>
        new() { SeenPartyId = stale.Seen, YourPartyId = stale.Wanted, CurrentPartyIds = { stale.Current.Take(10) } };

    /// <summary>One line of the history.</summary>
    public static Wire.WorkHistoryEntry ToWire(this WorkDone done)
    {
        var entry = new Wire.WorkHistoryEntry
        {
            CaseVersion = done.CaseVersion,
            PlanVersion = done.Step.PlanVersion,
            By = done.Step.By,
            Difference = { done.Step.Difference.Select(WireWriter.ToWire) },
        };
        switch (done.Step)
        {
            case WorkWritten written:
                entry.Item = new WorkItem(written.ItemId, written.ItemVersion, written.Content, written.By, written.At).ToWire();
                entry.ProposalKeys.Add(written.Accepts);
                break;
            case ProposalDeclined declined:
                entry.ProposalKeys.Add(declined.Proposals);
                entry.Reason = declined.Reason;
                break;
            default:
                throw new InvalidOperationException($"{done.Step.GetType().Name} is no step of the work.");
        }

        return entry;
    }

    private static WorkContent Shortened(WorkContent content) => content switch
    {
        WorkAction a => a with { Text = Short(a.Text)!, Note = Short(a.Note), Evidence = a.Evidence is { Fields.Count: > 0 } proof ? proof with { Fields = new Dictionary<string, Language.Value>() } : a.Evidence },
        WorkGoal g => g with { Text = Short(g.Text)!, DroppedBecause = Short(g.DroppedBecause) },
        WorkEvaluation e => e with { Note = Short(e.Note) },
        WorkAgreement a => a with { About = Short(a.About)!, Sides = [.. a.Sides.Take(MostSidesInError).Select(side => side with { Organisation = Short(side.Organisation, LongestNameInError)! })] },
        WorkContactPoint c => c with { About = Short(c.About)! },
        _ => throw new InvalidOperationException($"{content.GetType().Name} is no piece of work."),
    };

    private static string? Short(string? text, int longest = LongestInError) => text?.Length > longest ? string.Concat(text.AsSpan(0, longest), "…") : text;
}
