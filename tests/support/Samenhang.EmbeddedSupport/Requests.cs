using Google.Rpc;
using Grpc.Core;
using Samenhang.Protos.Casemanager.V1;
using Samenhang.Protos.Common.V1;
using Samenhang.Protos.Types;

namespace Samenhang.EmbeddedSupport;

/// <summary>Requests as a municipal system would send them, and what comes back.</summary>
public static class Requests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);
    private static int count;

    /// <summary>An id for a request.</summary>
    public static string NewId() => $"test-{Environment.ProcessId}-{Interlocked.Increment(ref count)}";

    /// <summary>A day.</summary>
    public static Date Day(int year, int month, int day) => new() { Year = year, Month = month, Day = day };

    /// <summary>An employee with a burn-out whose employer does not want to pay.</summary>
    public static OpenCaseRequest BurnOut() => new()
    {
        RequestId = NewId(),
        Title = "Buschauffeur met een burn-out",
        AsOf = Day(2016, 10, 1),
        Rulebooks = { "002a", "002b" },
        Facts =
        {
            Fact("client.birthDate", new FactValue { DateValue = Day(1974, 3, 2) }),
            Fact("client.insuredZvw", Yes),
            Fact("work.status", Code("employed")),
            Fact("work.sickListed", Yes),
            Fact("work.firstSickDay", new FactValue { DateValue = Day(2016, 4, 4) }),
            Fact("work.employerWillingToPay", No),
            Fact("benefit.type", Code("wage")),
        },
        Needs =
        {
            new Need
            {
                NeedId = "n1",
                Kind = "psych-treatment",
                Facts = { Fact("health.classification", Code("burn-out")), Fact("health.dsmDisorder", Code("none")), Fact("gp.canTreat", No) },
            },
            new Need { NeedId = "n2", Kind = "reintegration" },
            new Need { NeedId = "n3", Kind = "income" },
        },
        Provisions =
        {
            new Provision
            {
                ProvisionId = "p1", Scheme = "gbggz", Domain = Domain.Zvw, Status = ProvisionStatus.Requested, NeedIds = { "n1" }, RequestedOn = Day(2016, 9, 20),
            },
        },
        Parties = { new Party { PartyId = "emp", Role = "employer", Domain = Domain.Employer } },
    };

    /// <summary>The same with five faults, and the fields in which they stand.</summary>
    public static (OpenCaseRequest Request, string[] Fields) WithFiveFaults()
    {
        var request = BurnOut();
        request.Bsn = "999990018";
        request.AsOf = Day(2016, 13, 1);
        request.Facts.Add(Fact("client.brthDate", Yes));
        request.Needs[0].Kind = "psych-treatmnt";
        request.Provisions[0].Status = (ProvisionStatus)99;
        return (request, ["as_of", "bsn", "facts[7].fact_id", "needs[0].kind", "provisions[0].status"]);
    }

    public static FactValue Yes => new() { BoolValue = true };

    public static FactValue No => new() { BoolValue = false };

    public static FactValue Code(string code) => new() { CodeValue = code };

    public static Fact Fact(string id, FactValue? value) => new() { FactId = id, Value = value };

    /// <summary>A fact of a need.</summary>
    public static RecordedFact OfNeed(string needId, string fact, FactValue? value) => new() { NeedId = needId, Fact = Fact(fact, value) };

    /// <summary>The plan of a version at least as high, as soon as it is there.</summary>
    public static async Task<Plan> PlanAsync(this CasemanagerService.CasemanagerServiceClient casemanager, string caseId, int version = 1, TimeSpan? within = null)
    {
        using var limit = new CancellationTokenSource(within ?? Limit);
        using var watch = casemanager.WatchCase(new WatchCaseRequest { CaseId = caseId, AfterPlanVersion = version - 1 }, cancellationToken: limit.Token);
        Assert.True(await watch.ResponseStream.MoveNext(limit.Token), "The stream ended without a plan.");
        return watch.ResponseStream.Current.Plan;
    }

    /// <summary>The row of a plan.</summary>
    public static Coverage Row(this Plan plan, string needId, string scheme) => Assert.Single(plan.Coverage, row => row.NeedId == needId && row.Scheme == scheme);

    /// <summary>The violations that a refused request tells, by field.</summary>
    public static IReadOnlyList<string> ViolatedFields(this RpcException refused) =>
        [.. refused.Detail<BadRequest>().FieldViolations.Select(violation => violation.Field).Order(StringComparer.Ordinal)];

    /// <summary>One detail of a refusal.</summary>
    public static T Detail<T>(this RpcException refused)
        where T : Google.Protobuf.IMessage, new()
    {
        var status = Google.Rpc.Status.Parser.ParseFrom(refused.Trailers.GetValueBytes("grpc-status-details-bin"));
        var detail = new T();
        var packed = Assert.Single(status.Details, any => any.Is(detail.Descriptor));
        return packed.Unpack<T>();
    }

    /// <summary>The failure of a call that must fail.</summary>
    public static async Task<RpcException> RefusedAsync<T>(this AsyncUnaryCall<T> call, StatusCode code)
    {
        var refused = await Assert.ThrowsAsync<RpcException>(async () => await call);
        Assert.Equal(code, refused.StatusCode);
        return refused;
    }
}
