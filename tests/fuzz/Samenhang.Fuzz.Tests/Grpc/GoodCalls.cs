using Google.Protobuf;
using Grpc.Core;
using Grpc.Net.Client;
using Samenhang.EmbeddedSupport.Scripts;
using Samenhang.Protos.Casemanager.V1;
using Samenhang.Protos.Common.V1;
using Domain = Samenhang.Protos.Common.V1.Domain;

namespace Samenhang.Fuzz.Tests.Grpc;

/// <summary>
/// Makes every call that changes something once as it should be (<c>tests/stories/every-change.md</c>): made of nothing, most requests do not get
/// past the first checks, and what stands behind those would never be tried.
/// </summary>
internal static class GoodCalls
{
    private static readonly (string Id, string Kind)[] Needs = [("n1", "psych-treatment"), ("n2", "reintegration"), ("n3", "debt-help"), ("n4", "nursing")];

    private static readonly (string Id, string Scheme, Domain Domain, ProvisionStatus Status, string Need)[] Provisions =
    [
        ("p1", "gbggz", Domain.Zvw, ProvisionStatus.Running, "n1"), ("p2", "wmo-begeleiding", Domain.Gemeente, ProvisionStatus.Granted, "n3"),
        ("p3", "employer-reintegration-track1", Domain.Employer, ProvisionStatus.Running, "n2"),
    ];

    private static readonly (string Id, string Role, Domain Domain)[] Parties =
    [
        ("gp", "huisarts", Domain.Zvw), ("head", "regiebehandelaar", Domain.Zvw), ("kr", "klantregisseur", Domain.Gemeente), ("emp", "employer", Domain.Employer), ("ba", "company-physician", Domain.Employer),
    ];

    /// <summary>Makes them, keeps the requests and learns their words; gives back what was refused.</summary>
    public static async Task<IReadOnlyList<string>> MakeAsync(IReadOnlyDictionary<string, GrpcChannel> channels, Corpus corpus, Words words)
    {
        var random = new Random(Sizes.Seed);
        var cases = new CasemanagerService.CasemanagerServiceClient(channels["casemanager"]);
        var caseId = (await cases.OpenCaseAsync(Full())).CaseId;
        await cases.PlanAsync(caseId);
        var named = Needs.Select(need => ($"need:{need.Kind}", need.Id))
            .Concat(Provisions.Select(provision => ($"provision:{provision.Scheme}", provision.Id)))
            .Concat(Parties.Select(party => ($"party:{party.Role}", party.Id)))
            .Concat((await cases.GetCaseAsync(new GetCaseRequest { CaseId = caseId })).Case.Pseudonyms.Select(one => (one.Domain.ToString().ToLowerInvariant(), one.CasePseudonym)))
            .Append(("case", caseId))
            .ToDictionary(one => one.Item1, one => one.Item2);
        var player = new ScriptPlayer(new PlanItems(channels["casemanager"], caseId), named);
        var (refused, texts) = (new List<string>(), 0);
        foreach (var (step, call) in ScriptPlayer.Steps.SelectMany(step => step.Calls.Select(call => (step, call))))
        {
            var method = CallableMethods.All.Single(known => known.Service.Name == call.Service && known.Name == call.Method);
            var request = await player.RequestAsync(call, method, step.Day, field => $"{field.Name} {Sizes.Text(++texts)}");
            var (status, _, reply) = await RawCalls.CallAsync(channels[CallableMethods.ServiceOf(method)], method, request.ToByteArray());
            if (status.StatusCode != StatusCode.OK)
            {
                refused.Add($"{method.FullName}: {status.StatusCode} {status.Detail}");
                continue;
            }

            corpus.Keep(method, request.ToByteArray(), random);
            words.Learn(request, random);
            if (reply is not null)
            {
                var answer = method.OutputType.Parser.ParseFrom(reply);
                words.Learn(answer, random);
                player.Keep(call, answer);
            }
        }

        return refused;
    }

    private static OpenCaseRequest Full()
    {
        var request = Requests.BurnOut();
        request.Tenant = "gm9901";
        request.Insurer = "uzovi9901";
        request.Needs.Clear();
        request.Needs.Add(Needs.Select(need => new Need { NeedId = need.Id, Kind = need.Kind }));
        request.Provisions.Clear();
        request.Provisions.Add(Provisions.Select(one => new Provision { ProvisionId = one.Id, Scheme = one.Scheme, Domain = one.Domain, Status = one.Status, NeedIds = { one.Need }, From = Requests.Day(2016, 6, 1) }));
        request.Parties.Clear();
        request.Parties.Add(Parties.Select(party => new Party { PartyId = party.Id, Role = party.Role, Domain = party.Domain }));
        return request;
    }
}
