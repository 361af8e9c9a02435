using Google.Protobuf;
using Google.Protobuf.Reflection;
using Grpc.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Samenhang.EmbeddedSupport.Scripts;
using Samenhang.Host.Embedded;
using Samenhang.Protos.Casemanager.V1;
using Samenhang.Protos.Common.V1;
using Samenhang.Protos.Employer.V1;
using Samenhang.Protos.Gemeente.V1;
using Samenhang.Protos.Uwv.V1;
using Samenhang.Protos.Zvw.V1;
using ServiceDescriptor = Google.Protobuf.Reflection.ServiceDescriptor;

namespace Samenhang.WholeSystem.Tests.Story;

/// <summary>The whole system with a clock that the story moves, reached over gRPC only.</summary>
internal sealed class Stage(DateOnly begin, string dataFolder, RecordedLog log) : IAsyncDisposable
{
    private static readonly Dictionary<string, ServiceDescriptor> Services = new FileDescriptor[]
    {
        CasemanagerServiceReflection.Descriptor, FindingServiceReflection.Descriptor, WorkServiceReflection.Descriptor, HandOverServiceReflection.Descriptor,
        ReferralServiceReflection.Descriptor, TrajectoryServiceReflection.Descriptor, ClaimServiceReflection.Descriptor, IndicationServiceReflection.Descriptor,
        SupportServiceReflection.Descriptor, AssignmentServiceReflection.Descriptor, ClientServiceReflection.Descriptor, GemeenteServiceReflection.Descriptor,
        BenefitServiceReflection.Descriptor, JudgementServiceReflection.Descriptor, IpsServiceReflection.Descriptor, UwvServiceReflection.Descriptor,
        AbsenceServiceReflection.Descriptor, CompanyPhysicianServiceReflection.Descriptor, EmployerServiceReflection.Descriptor,
    }.SelectMany(file => file.Services).ToDictionary(service => service.Name);

    private static readonly Marshaller<IMessage> Request = Marshallers.Create<IMessage>(message => message.ToByteArray(), _ => throw new NotSupportedException());

    private readonly MovableTime time = new(begin);
    private readonly Dictionary<string, string> kept = [];
    private EmbeddedSystem? system;

    /// <summary>The case as it stands; null while none is open.</summary>
    public GetPlanResponse? Shown { get; private set; }

    private CasemanagerService.CasemanagerServiceClient Casemanager => new(system!.Casemanager);

    public async ValueTask DisposeAsync()
    {
        if (system is not null)
        {
            await system.DisposeAsync();
        }
    }

    /// <summary>It is noon of the day, and the day has begun for the case.</summary>
    public async Task MoveToAsync(DateOnly day)
    {
        if (system is not null)
        {
            time.MoveTo(day);
        }
        else
        {
            using var limit = new CancellationTokenSource(Patience.Limit);
            system = await EmbeddedSystem.StartAsync(
                new EmbeddedOptions
                {
                    DataFolder = dataFolder,
                    UseDefaultPorts = false,
                    Services = services => services.AddSingleton<TimeProvider>(time)
                        .AddLogging(logging => logging.ClearProviders().SetMinimumLevel(LogLevel.Information).AddProvider(log)),
                },
                limit.Token);
        }
    }

    /// <summary>Makes the call. What it keeps of the reply later calls may name.</summary>
    public async Task CallAsync(ScriptCall call, DateOnly today)
    {
        var service = Services.GetValueOrDefault(call.Service) ?? throw new FormatException($"There is no service {call.Service}.");
        var method = service.FindMethodByName(call.Method) ?? throw new FormatException($"{call.Service} has no method {call.Method}.");
        var fields = WithTheObvious(call.Fields, method.InputType, service);
        var request = new RequestBuilder(today, Named).Build(method.InputType, fields);
        var reply = Marshallers.Create<IMessage>(_ => throw new NotSupportedException(), bytes => method.OutputType.Parser.ParseFrom(bytes));
        var invoked = system!.Casemanager.CreateCallInvoker().AsyncUnaryCall(
            new Method<IMessage, IMessage>(MethodType.Unary, service.FullName, method.Name, Request, reply), null, default, request);
        if (call.Refusal is null)
        {
            Keep(call, await invoked);
            return;
        }

        var refused = await Assert.ThrowsAsync<RpcException>(async () => await invoked);
        Assert.Equal(call.Refusal, $"{refused.StatusCode} {refused.Detail<Google.Rpc.PreconditionFailure>().Violations[0].Type}");
    }

    /// <summary>
    /// The case when it rests. With a version it waits for that version of the plan; then, and without one, until nothing has changed for a while.
    /// </summary>
    public async Task RestAsync(int version, bool isNewDay)
    {
        if (!kept.TryGetValue("case", out var caseId))
        {
            return;
        }

        var before = Shown;
        var quiet = TimeSpan.FromMilliseconds(version > 0 ? 250 : 1000);
        var since = TimeProvider.System.GetTimestamp();
        await Patience.Until(
            async () =>
            {
                var now = await Casemanager.GetPlanAsync(new GetPlanRequest { CaseId = caseId });
                var isReady = now.RoundStatus is RoundStatus.Planned or RoundStatus.NothingToAsk && (now.Plan?.Version ?? 0) >= version
                    && (!isNewDay || now.CaseVersion > before!.CaseVersion);
                if (!isReady || Shown?.CaseVersion != now.CaseVersion || Shown.Plan?.Version != now.Plan?.Version)
                {
                    since = TimeProvider.System.GetTimestamp();
                }

                Shown = now;
                return TimeProvider.System.GetElapsedTime(since) >= quiet;
            },
            $"version {version} of the plan, and rest");
    }

    /// <summary>A version of the plan.</summary>
    public async Task<Plan> PlanAsync(int version) => (await Casemanager.GetPlanAsync(new GetPlanRequest { CaseId = kept["case"], PlanVersion = version })).Plan;

    /// <summary>A text with the names of the script in place of ids that are new each time.</summary>
    public string Readable(string text) => kept.Aggregate(text, (shown, known) => shown.Replace(known.Value, "$" + known.Key, StringComparison.Ordinal));

    private static Words.Fields WithTheObvious(Words.Fields given, MessageDescriptor type, ServiceDescriptor service)
    {
        var obvious = new (string Name, string Value)[]
        {
            ("request_id", Requests.NewId()), ("case_id", "$case"), ("case_pseudonym", "$" + service.File.Package.Split('.')[1]),
        };
        return new([
            .. obvious.Where(field => type.FindFieldByName(field.Name) is not null && given.Items.All(item => item.Name != field.Name))
                .Where(field => field.Name != "case_pseudonym" || (given.Items.All(item => item.Name != "path_id") && type.FindFieldByName("path_id") is null))
                .Select(field => (field.Name, (Words)new Words.Text(field.Value))),
            .. given.Items,
        ]);
    }

    private string Named(string name)
    {
        if (kept.TryGetValue(name, out var known))
        {
            return known;
        }

        if (name.StartsWith("proposal:", StringComparison.Ordinal))
        {
            var because = name["proposal:".Length..];
            return Shown!.Plan.Actions.FirstOrDefault(action => action.Because == because && action.ProposalStatus == ProposalStatus.Open)?.ProposalKey
                ?? throw new FormatException($"Nothing is proposed because of {because}: {string.Join(", ", Shown.Plan.Actions.Select(action => action.Because))}");
        }

        var found = Casemanager.GetCase(new GetCaseRequest { CaseId = kept["case"] }).Case;
        return found.Pseudonyms.FirstOrDefault(pseudonym => pseudonym.Domain.ToString().Equals(name, StringComparison.OrdinalIgnoreCase))?.CasePseudonym
            ?? throw new FormatException($"Nobody kept ${name}.");
    }

    private void Keep(ScriptCall call, IMessage reply)
    {
        if (call.Method == nameof(CasemanagerService.CasemanagerServiceClient.OpenCase))
        {
            kept["case"] = ((OpenCaseResponse)reply).CaseId;
        }

        if (call is { Keeps: { } name, Path: { } path })
        {
            kept[name] = (string)path.Split('.').Aggregate(
                (object)reply, (value, part) => ((IMessage)value).Descriptor.FindFieldByName(part)?.Accessor.GetValue((IMessage)value) ?? throw new FormatException($"The reply has no {path}."));
        }
    }
}
