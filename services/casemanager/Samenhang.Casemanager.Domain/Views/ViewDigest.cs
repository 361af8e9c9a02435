using System.Security.Cryptography;
using System.Text.Json;
using Samenhang.Casemanager.Domain.Assessment;
using Samenhang.Language;

namespace Samenhang.Casemanager.Domain.Views;

/// <summary>
/// A fingerprint of a question. A rulebook is a pure function of its question, so the same digest means the same answer: that is
/// how the casemanager knows for certain which services a change does not touch.
/// </summary>
public static class ViewDigest
{
    /// <summary>SHA-256 over everything that an answer follows from, in lower-case hexadecimal.</summary>
    /// <param name="question">The question.</param>
    /// <param name="policies">What counts of the numbers and policies: under others the answer can be another.</param>
    public static string Of(ServiceQuestion question, string? policies = null)
    {
        ArgumentNullException.ThrowIfNull(question);
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartArray();
            json.WriteStringValue(policies);
            Write(json, question.View);
            Texts(json, question.Suggested.SelectMany(s => new[] { s.NeedId, s.Scheme }));
            json.WriteEndArray();
        }

        return Convert.ToHexStringLower(SHA256.HashData(buffer.GetBuffer().AsSpan(0, (int)buffer.Length)));
    }

    private static void Write(Utf8JsonWriter json, Case view)
    {
        json.WriteStartArray();
        Texts(json, view.Id, Day(view.AsOf), view.Tenant, view.Insurer);
        Texts(json, view.Rulebooks.Order(StringComparer.Ordinal));
        Texts(json, view.Options.Order(StringComparer.Ordinal));
        Texts(json, view.Open.Order(StringComparer.Ordinal));
        Texts(json, view.Parameters.OrderBy(p => p.Key, StringComparer.Ordinal).SelectMany(p => Typed(p.Key, p.Value)));
        Facts(json, view.Facts);
        foreach (var need in view.Needs)
        {
            Texts(json, "need", need.Id, need.Kind.Id);
            Facts(json, need.Facts);
        }

        foreach (var p in view.Provisions)
        {
            Texts(json, "provision", p.Id, p.Scheme.Id, p.Domain, p.Status, p.ProviderId, p.Payer, Day(p.RequestedOn), Day(p.From), Day(p.To), p.Product, p.Goal);
            Texts(json, p.NeedIds);
            Facts(json, p.Facts);
        }

        foreach (var p in view.Parties)
        {
            Texts(json, "party", p.Id, p.Role, p.Profession, p.Organisation, p.Service);
            Texts(json, p.ProvisionIds);
            Facts(json, p.Facts);
        }

        foreach (var c in view.Consents)
        {
            Texts(json, "consent", c.From, c.To, Day(c.ValidFrom), Day(c.ValidTo), Day(c.WithdrawnOn));
            Texts(json, c.Categories);
        }

        foreach (var e in view.Events)
        {
            Texts(json, "event", e.Type, Day(e.Date), e.Party, e.Provision, e.Need, e.From, e.To, e.Category, Day(e.AcknowledgedOn), e.AcknowledgedBy);
        }

        foreach (var e in view.Evidence)
        {
            Texts(json, "evidence", e.Type, Day(e.Date), e.By);
            Texts(json, e.Fields.OrderBy(f => f.Key, StringComparer.Ordinal).SelectMany(f => Typed(f.Key, f.Value)));
        }

        json.WriteEndArray();
    }

    private static void Facts(Utf8JsonWriter json, FactSet facts) => Texts(json, facts.SelectMany(f => Typed(f.Key.Id, f.Value)));

    private static string[] Typed(string name, Value value) => [name, value.Kind.ToString(), value.ToString()];

    private static void Texts(Utf8JsonWriter json, params IEnumerable<string?> texts)
    {
        json.WriteStartArray();
        foreach (var text in texts)
        {
            json.WriteStringValue(text);
        }

        json.WriteEndArray();
    }

    private static string? Day(DateOnly? day) => day?.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
}
