using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Samenhang.Casemanager.Domain.Plans;
using Samenhang.Deadlines.Terms;
using Samenhang.Language;
using Samenhang.Rules.Evaluation;

namespace Samenhang.Host.Commands.Assess;

/// <summary>
/// One line of JSON for a case or variant, in the vocabulary's own spelling and always in the same order. The keys are a contract with
/// those who read it; a key is added, never renamed.
/// </summary>
internal static class AssessmentJson
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The line, without its end.</summary>
    public static string Line(AssessedCase assessed)
    {
        var buffer = new ArrayBufferWriter<byte>(16 * 1024);
        using (var json = new Utf8JsonWriter(buffer, Options))
        {
            json.WriteStartObject();
            json.WriteString("case", assessed.CaseId);
            json.WriteString("variant", assessed.Variant);
            Day(json, "asOf", assessed.Case.AsOf);
            Each(json, "coverage", assessed.Plan.Coverage, WriteCoverage);
            WriteFacts(json, assessed.Facts);
            // A finding about a term that was met late was raised all the same: who reads the flags sees it, with its mark.
            Each(json, "flags", assessed.Plan.Findings.Concat(assessed.Plan.Settled), (json, finding) => WriteFlag(json, finding, assessed.Plan.Settled.Contains(finding)));
            Each(json, "questions", assessed.Plan.Questions, WriteQuestion);
            WritePlan(json, assessed.Plan);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static void WriteCoverage(Utf8JsonWriter json, Coverage row)
    {
        json.WriteString("needId", row.NeedId);
        json.WriteString("scheme", row.Scheme);
        json.WriteString("product", row.Product);
        json.WriteString("service", row.Service);
        json.WriteString("outcome", row.Outcome.Code());
        json.WriteString("paymentMode", row.PaymentMode);
        json.WriteString("payer", row.Payer);
        json.WriteString("fallbackPayer", row.FallbackPayer);
        json.WriteString("strength", row.Strength?.Code());
        json.WriteString("modal", row.Modal);
        json.WriteBoolean("contested", row.Contested);
        Texts(json, "contestedBy", row.ContestedBy);
        json.WriteBoolean("indicative", row.Indicative);
        json.WriteBoolean("legalRisk", row.LegalRisk);
        json.WriteString("responsible", row.Responsible);
        Texts(json, "openConditions", row.OpenConditions.Select(condition => condition.Nl));
        Texts(json, "missingFacts", row.MissingFacts);
        json.WriteString("reason", row.Reason);
        Texts(json, "ruleIds", row.RuleIds);
        Each(json, "sources", row.Sources, (item, source) =>
        {
            item.WriteString("ruleId", source.RuleId);
            item.WriteString("title", source.Title);
            item.WriteString("document", source.Document);
            item.WriteString("lines", source.Lines);
        });
        Day(json, "validAt", row.ValidAt);
        json.WriteString("explanationNl", row.Explanation.Nl);
    }

    /// <summary>
    /// The derived facts. One that is derived per need stands under its own name when all needs agree, and else under fact@need,
    /// as the expression language writes it.
    /// </summary>
    private static void WriteFacts(Utf8JsonWriter json, IReadOnlyList<DerivedFact> facts)
    {
        json.WriteStartObject("facts");
        foreach (var group in facts.GroupBy(derived => derived.Fact))
        {
            if (group.Select(derived => derived.Value).Distinct().Count() == 1)
            {
                json.WritePropertyName(group.Key.Id);
                Write(json, group.First().Value);
                continue;
            }

            foreach (var derived in group)
            {
                json.WritePropertyName($"{group.Key.Id}@{derived.Item}");
                Write(json, derived.Value);
            }
        }

        json.WriteEndObject();
    }

    private static void WriteFlag(Utf8JsonWriter json, PlanFinding finding, bool settled)
    {
        json.WriteString("id", finding.FlagId);
        json.WriteString("family", finding.Family);
        json.WriteString("severity", finding.Severity.Code());
        foreach (var (key, item) in new[] { ("need", finding.NeedId), ("provision", finding.ProvisionId), ("party", finding.PartyId) })
        {
            // Only the kind of item it was raised on is named; a finding on the case names none.
            if (item is not null)
            {
                json.WriteString(key, item);
            }
        }

        Texts(json, "ruleIds", finding.RuleIds);
        json.WriteString("explanationNl", finding.Explanation.Nl);
        json.WriteString("suggestedAction", finding.SuggestedAction.Nl);
        json.WriteBoolean("settled", settled);
    }

    private static void WriteQuestion(Utf8JsonWriter json, PlanQuestion question)
    {
        json.WriteString("fact", question.Fact);
        json.WriteString("questionNl", question.QuestionNl);
        json.WriteString("askedOf", question.AskedOf);
    }

    private static void WritePlan(Utf8JsonWriter json, Plan plan)
    {
        json.WriteStartObject("plan");
        Each(json, "responsible", plan.Responsible, (item, carried) =>
        {
            item.WriteString("need", carried.NeedId);
            item.WriteString("role", carried.Role);
            item.WriteString("party", carried.PartyId);
            item.WriteString("service", carried.Service);
            Texts(item, "ruleIds", carried.Because);
        });
        json.WriteString("coordinator", plan.Coordinator);
        if (plan.Casemanager is { } casemanager)
        {
            json.WriteStartObject("casemanager");
            json.WriteString("role", casemanager.Role);
            json.WriteString("profession", casemanager.Profession);
            json.WriteString("party", casemanager.PartyId);
            json.WriteString("scheme", casemanager.Scheme);
            json.WriteEndObject();
        }
        else
        {
            json.WriteNull("casemanager");
        }

        Each(json, "actions", plan.Actions, (item, action) =>
        {
            item.WriteString("actionNl", action.Text.Nl);
            item.WriteString("owner", action.Owner);
            Day(item, "due", action.Due);
            item.WriteString("need", action.NeedId);
            item.WriteBoolean("urgent", action.Urgent);
            item.WriteString("because", action.Because);
            Texts(item, "ruleIds", action.RuleIds);
        });
        Each(json, "deadlines", plan.Deadlines, (item, deadline) =>
        {
            item.WriteString("id", deadline.Id);
            item.WriteString("titleNl", deadline.Title.Nl);
            item.WriteString("item", deadline.ItemId);
            Day(item, "startedOn", deadline.StartedOn);
            Day(item, "due", deadline.Due);
            Day(item, "metOn", deadline.MetOn);
            item.WriteString("status", Code(deadline.Status));
            item.WriteString("owner", deadline.Owner);
            item.WriteString("flag", deadline.Flag);
            Texts(item, "ruleIds", deadline.RuleIds);
        });
        Each(json, "blocked", plan.Blocked, (item, blocked) =>
        {
            item.WriteString("event", blocked.EventType);
            Texts(item, "ruleIds", blocked.RuleIds);
            item.WriteString("explanationNl", blocked.Explanation.Nl);
        });
        json.WriteEndObject();
    }

    private static string Code(DeadlineStatus status) => JsonNamingPolicy.CamelCase.ConvertName(status.ToString());

    private static void Write(Utf8JsonWriter json, Value value)
    {
        switch (value.Kind)
        {
            case ValueKind.Bool:
                json.WriteBooleanValue(value.Truth == Truth.True);
                break;
            case ValueKind.Number:
                json.WriteRawValue(value.ToString());
                break;
            case ValueKind.Set:
                json.WriteStartArray();
                foreach (var member in value.Set)
                {
                    json.WriteStringValue(member);
                }

                json.WriteEndArray();
                break;
            case ValueKind.Unknown:
                json.WriteNullValue();
                break;
            default:
                json.WriteStringValue(value.ToString());
                break;
        }
    }

    private static void Each<T>(Utf8JsonWriter json, string key, IEnumerable<T> items, Action<Utf8JsonWriter, T> write)
    {
        json.WriteStartArray(key);
        foreach (var item in items)
        {
            json.WriteStartObject();
            write(json, item);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void Texts(Utf8JsonWriter json, string key, IEnumerable<string> texts)
    {
        json.WriteStartArray(key);
        foreach (var text in texts)
        {
            json.WriteStringValue(text);
        }

        json.WriteEndArray();
    }

    private static void Day(Utf8JsonWriter json, string key, DateOnly? day) =>
        json.WriteString(key, day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
}
