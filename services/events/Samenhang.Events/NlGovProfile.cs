using System.Buffers;
using System.Text.RegularExpressions;
using Samenhang.Language;

namespace Samenhang.Events;

/// <summary>
/// What the NL GOV profile of CloudEvents asks beside CloudEvents itself, and what we ask beside that: an event that leaves this system passes all of
/// it. Where the profile's examples (a BSN in <c>subject</c>, a <c>sequence</c> that does not sort) contradict its own rules, the rules win.
/// </summary>
public sealed partial class NlGovProfile
{
    /// <summary>The most that an intermediary must forward, in bytes of the JSON form.</summary>
    public const int LargestEvent = 64 * 1024;

    /// <summary>The width of <c>sequence</c>: the digits of the largest 64-bit number.</summary>
    public const int SequenceDigits = 19;

    private static readonly SearchValues<char> Hexadecimal = SearchValues.Create("0123456789abcdefABCDEF");
    private static readonly string[] Classifications = ["public", "internal", "confidential", "restricted"];
    private static readonly string[] Regulations = ["GDPR"];
    private static readonly string[] Categories = ["non-sensitive", "standard", "sensitive", "special-category"];
    private static readonly string[] Principals = ["app_user", "user", "service_account", "api_key", "system", "unauthenticated", "unknown"];

    private readonly HashSet<string> organisations;

    /// <param name="organisationNames">Names of organisations that may not stand in a <c>type</c>: an organisation is renamed, a type is not.</param>
    public NlGovProfile(params IEnumerable<string> organisationNames) => organisations = organisationNames.ToHashSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>The profile without a list of organisations.</summary>
    public static NlGovProfile Default { get; } = new();

    /// <summary>The text of a sequence number: zero-padded, so that the order of texts is the order of numbers.</summary>
    public static string Sequence(long number)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(number);
        return number.ToString("D19", System.Globalization.CultureInfo.InvariantCulture);
    }

    /// <summary>Everything that is wrong with the event, by CloudEvents and by the profile; empty if it may go out.</summary>
    public IReadOnlyList<EventFault> Check(CloudEvent @event)
    {
        var faults = new List<EventFault>(CloudEventRules.Check(@event));
        CheckType(@event.Type, faults);
        if (!Source().IsMatch(@event.Source))
        {
            faults.Add(new("source", "moet een URN zijn: urn:nld:<soort>:<nummer>, een OIN met 20 cijfers", "must be a URN: urn:nld:<kind>:<number>, an OIN of 20 digits"));
        }

        CheckSequence(@event.Extensions, faults);
        CheckTimes(@event, faults);
        CheckClassification(@event.Extensions, faults);
        CheckAmong(@event.Extensions, "authtype", Principals, faults);
        if (@event.Extensions["authid"] is not null && @event.Extensions["authtype"] is null)
        {
            faults.Add(new("authtype", "is verplicht naast authid", "is required beside authid"));
        }

        foreach (var (name, value) in @event.Attributes().Where(attribute => HoldsBsn(attribute.Value.Canonical)))
        {
            faults.Add(new(CloudEventRules.IsName(name) ? name : "(extension)", "lijkt een BSN te bevatten; dat mag niet in een contextattribuut", "seems to hold a BSN, which no context attribute may"));
        }

        if (faults.Count == 0 && CloudEventJson.Write(@event).Length > LargestEvent)
        {
            faults.Add(new("data", "de gebeurtenis is groter dan 64 KiB; verwijs met dataref", "the event is larger than 64 KiB; refer with dataref"));
        }

        return faults;
    }

    /// <summary>
    /// Whether a text holds nine digits that pass the 11-proef and stand by themselves among digits. A long hexadecimal token (a UUID's last part, a
    /// trace id, a hash) is random, and nine digits in it are chance.
    /// </summary>
    public static bool HoldsBsn(string text)
    {
        foreach (var token in Tokens().EnumerateMatches(text))
        {
            var span = text.AsSpan(token.Index, token.Length);
            if (token.Length >= 12 && !span.ContainsAnyExcept(Hexadecimal))
            {
                continue;
            }

            foreach (var digits in Digits().EnumerateMatches(span))
            {
                if (digits.Length == 9 && Bsn.PassesElevenTest(span.Slice(digits.Index, 9)))
                {
                    return true;
                }
            }
        }

        return false;
    }

    private static void CheckSequence(EventExtensions extensions, List<EventFault> faults)
    {
        if (extensions.TryGet("sequence", out var sequence) && !(sequence is AttributeValue.Text text && text.Value.Length == SequenceDigits && text.Value.All(char.IsAsciiDigit)))
        {
            faults.Add(new("sequence", $"moet tekst zijn van {SequenceDigits} cijfers, met nullen ervoor", $"must be text of {SequenceDigits} digits, zero-padded"));
        }

        if (extensions.TryGet("sequencetype", out _))
        {
            faults.Add(new("sequencetype", "bestaat niet meer in CloudEvents; sequence heeft nullen ervoor", "is gone from CloudEvents; sequence is zero-padded"));
        }
    }

    private static void CheckTimes(CloudEvent @event, List<EventFault> faults)
    {
        foreach (var name in (string[])["recordedtime", "expirytime"])
        {
            if (@event.Extensions.TryGet(name, out var value) && value is not AttributeValue.Timestamp)
            {
                faults.Add(new(name, "moet een tijdstip zijn", "must be a time"));
            }
        }

        if (@event.Extensions["recordedtime"] is AttributeValue.Timestamp recorded && @event.Time is { } time && recorded.Value < time)
        {
            faults.Add(new("recordedtime", "ligt voor time; wat nog niet gebeurd is kan niet zijn vastgelegd", "lies before time; what has not happened cannot have been recorded"));
        }
    }

    private static void CheckClassification(EventExtensions extensions, List<EventFault> faults)
    {
        CheckAmong(extensions, "dataclassification", Classifications, faults);
        CheckAmong(extensions, "datacategory", Categories, faults);
        if (extensions.TryGet("dataregulation", out var regulation)
            && regulation.Canonical.Split(',').Any(entry => !Regulations.Contains(entry.Trim(' '))))
        {
            faults.Add(new("dataregulation", "moet een of meer zijn van: " + string.Join(", ", Regulations), "must be one or more of: " + string.Join(", ", Regulations)));
        }

        if (extensions["dataclassification"] is null && (extensions["dataregulation"] is not null || extensions["datacategory"] is not null))
        {
            faults.Add(new("dataclassification", "is verplicht naast dataregulation of datacategory", "is required beside dataregulation or datacategory"));
        }
    }

    private static void CheckAmong(EventExtensions extensions, string name, string[] values, List<EventFault> faults)
    {
        if (extensions.TryGet(name, out var value) && !(value is AttributeValue.Text text && values.Contains(text.Value)))
        {
            faults.Add(new(name, "moet een zijn van: " + string.Join(", ", values), "must be one of: " + string.Join(", ", values)));
        }
    }

    private void CheckType(string type, List<EventFault> faults)
    {
        if (!ReverseDns().IsMatch(type))
        {
            faults.Add(new("type", "moet een omgekeerde domeinnaam zijn met aan het eind de versie, zoals nl.samenhang.plan.vastgesteld.v1", "must be a reverse domain name that ends in its version, such as nl.samenhang.plan.vastgesteld.v1"));
            return;
        }

        var parts = type.Split('.');
        if (parts.Count(part => VersionPart().IsMatch(part)) > 1)
        {
            faults.Add(new("type", "noemt meer dan een versie", "names more than one version"));
        }

        if (parts.Any(organisations.Contains))
        {
            faults.Add(new("type", "noemt een organisatie", "names an organisation"));
        }
    }

    [GeneratedRegex(@"^[a-z]{2,63}(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?){2,}\.v[1-9][0-9]{0,4}\z", RegexOptions.ExplicitCapture)]
    private static partial Regex ReverseDns();

    [GeneratedRegex(@"^v[0-9]+\z")]
    private static partial Regex VersionPart();

    [GeneratedRegex(@"^urn:nld:(oin:[0-9]{20}(:[A-Za-z0-9._~:-]+)?|(?!oin:)[a-z0-9][a-z0-9-]{0,30}:[A-Za-z0-9._~:-]+)\z", RegexOptions.ExplicitCapture)]
    private static partial Regex Source();

    [GeneratedRegex("[A-Za-z0-9]+")]
    private static partial Regex Tokens();

    [GeneratedRegex("[0-9]+")]
    private static partial Regex Digits();
}
