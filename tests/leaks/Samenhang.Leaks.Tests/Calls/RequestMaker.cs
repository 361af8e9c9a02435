using System.Collections.Concurrent;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Google.Protobuf.WellKnownTypes;
using Samenhang.Access;
using Samenhang.EmbeddedSupport.Scripts;
using Samenhang.Leaks.Tests.Planted;
using Samenhang.Protos.Casemanager.V1;
using Samenhang.Protos.Common.V1;
using Samenhang.Protos.Feed.V1;
using Samenhang.Protos.Types;
using Domain = Samenhang.Protos.Common.V1.Domain;

namespace Samenhang.Leaks.Tests.Calls;

/// <summary>
/// Fills requests from their descriptors, by the names of fields: ids with what earlier answers told (<see cref="Learn"/>), choices with
/// each of their values in turn, days, numbers; every other text gets a planted word that only its own side may read again.
/// </summary>
internal sealed class RequestMaker(Secrets secrets, PlanItems items, string caseId)
{
    private const int Deepest = 5;

    // Codes and numbers with a form of their own.
    private static readonly Dictionary<string, string> Formed = new()
    {
        ["provider_agb"] = "98025566", ["category"] = "02", ["code"] = "02A03", ["time"] = "10:15:00", ["hours_per_week"] = "2", ["peer_hours_per_week"] = "2", ["assignment_number"] = "7",
        ["opener"] = "client", ["profession"] = "psychiater", ["refusal_reason"] = "other", ["file_name"] = "case.json",
    };

    // Texts that mean something: left open in the script, they stay open.
    private static readonly HashSet<string> Meant = ["by", "from", "to", "owner", "scheme", "type", "kind", "status", "source", "sink", "service", "role", "bsn", "page_token", "seen_party_id", "percentage", "tenant", "insurer"];

    // Who may read which of their texts depends on what they are; they are planted where the case is opened.
    private static readonly System.Type[] Whole = [typeof(FactValue), typeof(Party), typeof(Provision)];

    private readonly ConcurrentDictionary<(string Service, string Field), ConcurrentQueue<string>> known = new();
    private readonly ConcurrentDictionary<CallerRole, string> subscriptions = new();

    /// <summary>Makes ids known to the requests of a service; empty service = to all.</summary>
    public void Knows(string service, string field, params string[] values)
    {
        var queue = known.GetOrAdd((service, field), _ => new());
        foreach (var value in values.Where(value => !queue.Contains(value)))
        {
            queue.Enqueue(value);
        }
    }

    /// <summary>The number of a line of the trail that the person may not see now.</summary>
    public long ConfidentialLine { get; set; } = 1;

    /// <summary>The number of a line of the trail about an access in an emergency.</summary>
    public long EmergencyLine { get; set; } = 1;

    /// <summary>Makes the subscriptions of roles known; later ones take the place of those before.</summary>
    public void Subscribe(IReadOnlyDictionary<CallerRole, string> made)
    {
        foreach (var (role, subscription) in made)
        {
            subscriptions[role] = subscription;
        }
    }

    /// <summary>Takes the ids out of an answer, for requests to come.</summary>
    public void Learn(KnownCall call, IMessage answer)
    {
        foreach (var field in answer.Descriptor.Fields.InFieldNumberOrder().Where(field => !field.IsMap))
        {
            var value = field.Accessor.GetValue(answer);
            if (field.FieldType == FieldType.String && IsId(field.Name))
            {
                Knows(call.Service, field.Name, field.IsRepeated ? [.. (IEnumerable<string>)value] : value is string { Length: > 0 } one ? [one] : []);
            }
            else if (field.FieldType == FieldType.Message)
            {
                foreach (var part in field.IsRepeated ? ((System.Collections.IEnumerable)value).OfType<IMessage>() : value is IMessage inner ? [inner] : [])
                {
                    Learn(call, part);
                }
            }
        }
    }

    /// <summary>A request for a call; each turn chooses otherwise.</summary>
    public IMessage Make(KnownCall call, Reader reader, int turn)
    {
        var request = (IMessage)Activator.CreateInstance(call.Method.InputType.ClrType)!;
        Fill(request, new(call, reader, turn), 0);
        items.Fill(request);
        return request;
    }

    /// <summary>A planted word for one field.</summary>
    public string WordFor(KnownCall call, Reader reader, FieldDescriptor field) => field.Name == "assignee" ? reader.Speaker.Subject : Word(new(call, reader, 0), field);

    /// <summary>The same request with a planted word in every text that was left open.</summary>
    public IMessage WithWords(KnownCall call, Reader reader, IMessage request)
    {
        var worded = (IMessage)Activator.CreateInstance(request.GetType())!;
        worded.MergeFrom(request.ToByteString());
        PutWords(worded, new(call, reader, 0));
        return worded;
    }

    /// <summary>The same request without what was wrong in it; null = nothing can be left out.</summary>
    public static IMessage? Amend(IMessage request, IReadOnlyList<string> wrongFields)
    {
        var amended = (IMessage)Activator.CreateInstance(request.GetType())!;
        amended.MergeFrom(request.ToByteString());
        var left = 0;
        foreach (var path in wrongFields)
        {
            left += Leave(amended, path.Split('.')) ? 1 : 0;
        }

        return left > 0 ? amended : null;
    }

    private static bool Leave(IMessage message, string[] path)
    {
        if (message.Descriptor.FindFieldByName(path[0].Split('[')[0]) is not { } field)
        {
            return false;
        }

        if (path.Length == 1 || field.FieldType != FieldType.Message || field.IsMap)
        {
            field.Accessor.Clear(message);
            return true;
        }

        var inner = field.Accessor.GetValue(message);
        return (field.IsRepeated ? ((System.Collections.IEnumerable)inner).OfType<IMessage>().FirstOrDefault() : inner as IMessage) is { } part && Leave(part, path[1..]);
    }

    private static bool IsId(string name) => name.EndsWith("_id", StringComparison.Ordinal) || name.EndsWith("_key", StringComparison.Ordinal) || name.EndsWith("_ids", StringComparison.Ordinal)
        || name.EndsWith("_keys", StringComparison.Ordinal) || name is "key" or "client_reference" or "personnel_number" or "assignment_number";

    private void PutWords(IMessage message, Occasion on)
    {
        foreach (var field in message.Descriptor.Fields.InFieldNumberOrder().Where(field => !field.IsMap))
        {
            var value = field.Accessor.GetValue(message);
            switch (field.FieldType)
            {
                case FieldType.String when !field.IsRepeated && value is "" && field.ContainingOneof is null && !IsId(field.Name) && !Meant.Contains(field.Name) && !Formed.ContainsKey(field.Name):
                    field.Accessor.SetValue(message, Word(on, field));
                    break;
                case FieldType.Message when field.MessageType.File.Package.StartsWith("samenhang.", StringComparison.Ordinal) && !Whole.Contains(field.MessageType.ClrType):
                    foreach (var part in field.IsRepeated ? ((System.Collections.IEnumerable)value).OfType<IMessage>() : value is IMessage inner ? [inner] : [])
                    {
                        PutWords(part, on);
                    }

                    break;
            }
        }
    }

    private void Fill(IMessage message, Occasion on, int depth)
    {
        var chosen = message.Descriptor.Oneofs.Where(oneof => !oneof.IsSynthetic).ToDictionary(oneof => oneof, oneof => oneof.Fields[on.Turn % oneof.Fields.Count]);
        foreach (var field in message.Descriptor.Fields.InFieldNumberOrder())
        {
            if (field.IsMap || (field.ContainingOneof is { IsSynthetic: false } oneof && chosen[oneof] != field))
            {
                continue;
            }

            if (field.IsRepeated)
            {
                if (ValueOf(message, field, on, depth) is { } item)
                {
                    ((System.Collections.IList)field.Accessor.GetValue(message)).Add(item);
                }
            }
            else if (ValueOf(message, field, on, depth) is { } value)
            {
                field.Accessor.SetValue(message, value);
            }
        }
    }

    private object? ValueOf(IMessage parent, FieldDescriptor field, Occasion on, int depth) => field.FieldType switch
    {
        FieldType.String => TextOf(parent, field, on),
        FieldType.Bool => field.Name is "until_now" || (on.Turn % 2 == 0 && field.Name is not "not_known"),
        FieldType.Enum => ChoiceOf(field, on),
        FieldType.Int32 => field.Name switch { "page_size" => 50, "after_plan_version" => null, "plan_version" or "quarter" => 0, "year" => 2026, _ => 1 },
        FieldType.Int64 => field.Name switch { "expected_version" or "after_version" => null, "number" => on.Call.Method.Service.Name == "EmergencyService" ? EmergencyLine : ConfidentialLine, _ => 1L },
        FieldType.Bytes => ScriptPlayer.CaseFile,
        FieldType.Message => MessageOf(field.MessageType, on, depth),
        _ => null,
    };

    // The viewer must be who asks, and a subscriber too; other choices are made in turn.
    private static object ChoiceOf(FieldDescriptor field, Occasion on)
    {
        var values = field.EnumType.Values.Where(value => value.Number != 0).ToList();
        var wanted = field.EnumType.Name is "Viewer" or "SubscriberKind"
            ? values.FirstOrDefault(value => value.Name.EndsWith(on.Reader.Role.ToString(), StringComparison.OrdinalIgnoreCase)) ?? values[on.Turn % values.Count]
            : values[on.Turn % values.Count];
        return System.Enum.ToObject(field.EnumType.ClrType, wanted.Number);
    }

    private IMessage? MessageOf(MessageDescriptor type, Occasion on, int depth)
    {
        if (depth >= Deepest || type.FullName.StartsWith("google.protobuf.", StringComparison.Ordinal))
        {
            return null;
        }

        var made = type.ClrType == typeof(Date) ? new Date { Year = 2016, Month = 9, Day = 1 + (on.Turn % 20) }
            : type.ClrType == typeof(OpenCaseRequest) ? Another()
            : type.ClrType == typeof(CaseView) ? new CaseView { CasePseudonym = Known(on, "case_pseudonym") ?? "none", AsOf = Requests.Day(2016, 10, 1), Needs = { new Need { NeedId = "n2", Kind = "reintegration" } } }
            : type.ClrType == typeof(Fact) ? Requests.Fact("work.employerWillingToPay", Requests.Yes)
            : type.ClrType == typeof(RecordedFact) ? new RecordedFact { Fact = Requests.Fact("work.employerWillingToPay", on.Turn % 2 == 0 ? Requests.Yes : Requests.No) }
            : type.ClrType == typeof(Need) ? new Need { NeedId = $"added-{on.Turn}", Kind = "loneliness" }
            : type.ClrType == typeof(Party) ? new Party { PartyId = $"party-{on.Turn}", Role = "volunteer", Domain = Domain.Casemanager }
            : type.ClrType == typeof(Provision) ? new Provision { ProvisionId = $"provision-{on.Turn}", Scheme = "amw", Domain = Domain.Gemeente, Status = ProvisionStatus.Requested, NeedIds = { Known(on, "need_id") ?? "" } }
            : type.ClrType == typeof(Protos.Common.V1.Consent) ? new Protos.Common.V1.Consent { From = "client", To = "zvw", Categories = { "plan" } }
            : type.ClrType == typeof(CaseEvent) ? new CaseEvent { Type = "team-meeting", Date = Requests.Day(2016, 9, 2) }
            : type.ClrType == typeof(Evidence) ? new Evidence { Type = "handover-note", Date = Requests.Day(2016, 9, 3), By = "huisarts" }
            : (IMessage?)null;
        if (made is null)
        {
            made = (IMessage)Activator.CreateInstance(type.ClrType)!;
            Fill(made, on, depth + 1);
        }

        return made;
    }

    private static OpenCaseRequest Another()
    {
        var request = Requests.BurnOut();
        request.Tenant = "gm9901";
        return request;
    }

    private string? TextOf(IMessage parent, FieldDescriptor field, Occasion on)
    {
        if (Formed.TryGetValue(field.Name, out var formed))
        {
            return formed;
        }

        var name = field.Name switch { "need_ids" => "need_id", "provision_ids" => "provision_id", "seen_party_id" => "", var other => other };
        if (parent is ReadRequest && name is "after_position")
        {
            return "";
        }

        return name switch
        {
            "request_id" => Requests.NewId(),
            "case_id" => caseId,
            "subscription_id" => subscriptions.GetValueOrDefault(on.Reader.Role) ?? subscriptions.Values.FirstOrDefault() ?? "",
            "page_token" or "after_position" or "until_position" or "sha256" or "finding_family" or "" => "",
            "tenant" => on.Reader.Tenant.Length > 1 ? on.Reader.Tenant : "gm9901",
            "bsn" => "999990019",
            "municipality_code" => "9901",
            "subscriber" => on.Reader.Role switch { CallerRole.Insurer => on.Reader.Tenant["uzovi".Length..], CallerRole.Municipality => on.Reader.Tenant["gm".Length..], _ => TellingSystem.EmployerOin },
            "purpose" => Platform.Access.DevelopmentChannel.PurposeOf(on.Reader.Role).Purpose,
            "fact_id" => "work.employerWillingToPay",
            "scheme" or "schemes" => on.Call.Service switch { "zvw" => "gbggz", "gemeente" => on.Call.Method.Service.Name == "GemeenteService" ? "pw-reintegration" : "wmo-begeleiding", "uwv" => "zw-benefit", _ => Known(on, "scheme") ?? "gbggz" },
            "owner" or "from" => "gemeente",
            "to" or "to_service" => "uwv",
            "by" when on.Turn > 0 && on.Call.Service == "casemanager" => "casemanager",
            "types" => null,
            "assignee" => on.Reader.Speaker.Subject,
            _ => Known(on, name) ?? (IsId(name) && on.Turn % 2 == 0 && name is not ("client_reference" or "personnel_number") ? "none" : Word(on, field)),
        };
    }

    private string? Known(Occasion on, string name)
    {
        foreach (var service in new[] { on.Call.Service, "" })
        {
            if (known.TryGetValue((service, name), out var values) && !values.IsEmpty)
            {
                var all = values.ToArray();
                return all[(all.Length - 1 - (on.Turn % all.Length) + all.Length) % all.Length];
            }
        }

        return null;
    }

    // What somebody types may be read by their own side, and by who holds the case.
    private string Word(Occasion on, FieldDescriptor field)
    {
        var (service, writer) = (on.Call.Service, on.Reader);
        var own = KnownCalls.All.Where(call => call.Service == service && service != "casemanager").SelectMany(call => call.Right.Roles).ToHashSet();
        return secrets.Plant(
            $"{field.Name} of {on.Call} typed by {writer}",
            reader => reader.Role == writer.Role || (service != "casemanager" && reader.IsOwn && LawfulSight.SeesAll(reader.Role)) || (reader.Role == CallerRole.Operator && on.Call.Method.Service.Name == "SubscriptionService") || (reader.IsOwn && writer.IsOwn && (LawfulSight.SeesAll(reader.Role) || own.Contains(reader.Role))));
    }

    private sealed record Occasion(KnownCall Call, Reader Reader, int Turn);
}
