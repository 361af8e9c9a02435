using System.Text;
using Samenhang.Casemanager.Domain.Cases;
using Samenhang.Casemanager.Domain.Events;

namespace Samenhang.Casemanager.Domain.Tests.Events;

/// <summary>Those who listen, and what each is told of a log.</summary>
internal static class TheSubscribers
{
    public const string EmployerOin = "00000099000000011000";
    public const string OrganisationOin = "00000099000000022000";

    private static readonly PublicEvents Events = new(SampleCases.Vocabulary);
    private static readonly PublicSight Sight = new(SampleCases.Vocabulary);

    public static Subscriber Insurer { get; } = new(Audience.Insurer, "9901");

    public static Subscriber OtherInsurer { get; } = new(Audience.Insurer, "9902");

    public static Subscriber Municipality { get; } = new(Audience.Municipality, "9901");

    public static Subscriber Uwv { get; } = new(Audience.Uwv, "00000099000000033000");

    public static Subscriber Employer { get; } = new(Audience.Employer, EmployerOin);

    public static Subscriber Organisation { get; } = new(Audience.CasemanagerOrganisation, OrganisationOin);

    public static IReadOnlyList<Subscriber> All { get; } = [Insurer, OtherInsurer, Municipality, Uwv, Employer, Organisation];

    /// <summary>What a subscriber is told of a log, each event as its type and its JSON.</summary>
    public static IReadOnlyList<(string Type, string Json)> Told(this Subscriber subscriber, IEnumerable<CaseChange> log, bool onConsent = false)
    {
        var told = new List<(string, string)>();
        var before = CaseState.None;
        foreach (var change in log)
        {
            var after = CaseState.Evolve(before, change);
            var day = after.Round == 0 ? new DateOnly(2016, 10, 1) : after.RoundAsOf;
            told.AddRange(Sight
                .Told(subscriber, onConsent, before, change, after, Events.Of(before, change, after), () => Events.Standing(after), day)
                .Select(one => (one.Event.Type.Name, Encoding.UTF8.GetString(PublicJson.Write(one.Event.Data, subscriber.Audience, id => $"item{id.Length}")))));

            before = after;
        }

        return told;
    }
}
