using System.Collections.Concurrent;
using Grpc.Core;
using Microsoft.Extensions.DependencyInjection;
using Samenhang.Access;
using Samenhang.Language;
using Samenhang.Leaks.Tests.Calls;
using Samenhang.Leaks.Tests.Channels;
using Samenhang.Leaks.Tests.Planted;
using Samenhang.Platform.Access;
using Samenhang.Protos.Casemanager.V1;
using Samenhang.Protos.Common.V1;

namespace Samenhang.Leaks.Tests;

/// <summary>The whole system with one case in which everything is known and every text is planted, seen by everybody through every call.</summary>
public sealed class PlantedSystem : IAsyncLifetime, IAsyncDisposable
{
    private const int Turns = 3;
    private const int AtOnce = 4;
    private const int MostAmended = 3;

    private static readonly string[] Endings = ["Delete", "Withdraw", "End", "Stop", "Remove", "Lift", "Pause", "Close", "ReportRecovery", "Refuse", "Overrule", "Restrict"];

    // Refusals are what this is about: they are not to be too many.
    private readonly TellingSystem system = new(new Dictionary<string, string?> { ["Grpc:RefusalsPerSecond"] = "1000000", ["Grpc:CallsPerSecond"] = "1000000" });
    private readonly ConcurrentQueue<Made> made = new();

    internal LawfulSight Sight { get; } = new();

    internal Secrets Secrets { get; } = new();

    internal Eavesdropper Heard { get; } = new();

    internal RecordedLog Log => system.Log;

    internal string CaseId { get; private set; } = "";

    /// <summary>Every call that was made.</summary>
    internal IReadOnlyCollection<Made> Calls => made;

    /// <inheritdoc/>
    public async Task InitializeAsync()
    {
        await system.StartAsync();
        var vocabulary = system.System.Services.GetRequiredService<Vocabulary>();
        try
        {
            CaseId = (await system.Cases.OpenCaseAsync(new RichCase(vocabulary, Secrets, Sight).Make(TellingSystem.EmployerOin))).CaseId;
        }
        catch (RpcException refused) when (refused.StatusCode == StatusCode.InvalidArgument)
        {
            throw new InvalidOperationException($"The planted case is no valid case: {refused.Detail<Google.Rpc.BadRequest>()}", refused);
        }

        await system.Cases.PlanAsync(CaseId, within: TimeSpan.FromMinutes(2));
        var readers = Reader.All(CaseId);
        var requests = new RequestMaker(Secrets, CaseId);
        requests.Knows("", "need_id", RichCase.NeutralNeed);
        requests.Knows("", "party_id", "kr", "gp");
        foreach (var pseudonym in (await system.Cases.GetCaseAsync(new() { CaseId = CaseId })).Case.Pseudonyms)
        {
            requests.Knows(pseudonym.Domain.ToString().ToLowerInvariant(), "case_pseudonym", pseudonym.CasePseudonym);
        }

        foreach (var role in new[] { CallerRole.Insurer, CallerRole.Municipality, CallerRole.Uwv, CallerRole.Employer, CallerRole.Casemanager })
        {
            requests.Subscribes(role, await SubscribeAsync(role));
        }

        using var telephone = new Telephone(system.System.AddressOf);
        async Task TryAsync(KnownCall call, Reader reader, int turns)
        {
            for (var turn = 0; turn < (call.Right.Roles.Contains(reader.Role) ? turns : 1); turn++)
            {
                var request = requests.Make(call, reader, turn);
                var answer = await telephone.CallAsync(call, reader, request);
                made.Enqueue(new(call, reader, answer));
                for (var amended = 0; amended < MostAmended && answer.WrongFields.Count > 0 && RequestMaker.Amend(request, answer.WrongFields) is { } better; amended++)
                {
                    (request, answer) = (better, await telephone.CallAsync(call, reader, better));
                    made.Enqueue(new(call, reader, answer));
                }

                if (reader.IsOwn)
                {
                    foreach (var message in answer.Messages)
                    {
                        requests.Learn(call, message);
                    }
                }
            }
        }

        // Changes one by one, in the order of the list; readings at once.
        async Task ChangeAsync(IEnumerable<KnownCall> calls, int turns)
        {
            foreach (var call in calls)
            {
                foreach (var reader in readers.Where(reader => reader.IsOwn && call.Right.Roles.Contains(reader.Role)))
                {
                    await TryAsync(call, reader, turns);
                }
            }
        }

        Task LookAsync(IEnumerable<KnownCall> calls, Func<KnownCall, Reader, bool> who, int turns) =>
            Parallel.ForEachAsync(
                from call in calls from reader in readers where who(call, reader) select (call, reader),
                new ParallelOptions { MaxDegreeOfParallelism = AtOnce },
                async (one, _) => await TryAsync(one.call, one.reader, turns));

        // Whoever may write writes something first, then everybody looks, and what ends things comes last.
        var reads = KnownCalls.All.Where(call => call.Right.ChangesNothing).ToList();
        var writes = KnownCalls.All.Except(reads).Where(call => !Ends(call)).ToList();
        await LookAsync(reads, (_, reader) => reader.IsOwn, 1);
        await ChangeAsync(writes, 3);
        await ChangeAsync(writes, 3);
        await LookAsync(reads, (_, _) => true, Turns);
        await LookAsync(KnownCalls.All.Except(reads), (call, reader) => !reader.IsOwn || !call.Right.Roles.Contains(reader.Role), 2);
        await ChangeAsync(KnownCalls.All.Where(Ends), 2);
        await LookAsync(reads, (call, reader) => call.Right.Roles.Contains(reader.Role), 2);
    }

    Task IAsyncLifetime.DisposeAsync() => DisposeAsync().AsTask();

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        Heard.Dispose();
        await system.DisposeAsync();
    }

    private static bool Ends(KnownCall call) => !call.Right.ChangesNothing &&
        Endings.Any(word => call.Method.Name.StartsWith(word, StringComparison.Ordinal));

    private async Task<string> SubscribeAsync(CallerRole role)
    {
        var (kind, subscriber) = role switch
        {
            CallerRole.Insurer => (SubscriberKind.Insurer, "9901"),
            CallerRole.Municipality => (SubscriberKind.Municipality, "9901"),
            CallerRole.Uwv => (SubscriberKind.Uwv, "00000099000000012000"),
            CallerRole.Employer => (SubscriberKind.Employer, TellingSystem.EmployerOin),
            _ => (SubscriberKind.CasemanagerOrganisation, "00000099000000013000"),
        };
        var (purpose, ground) = DevelopmentChannel.PurposeOf(role);
        using var channel = DevelopmentChannel.Open(system.System.AddressOf("casemanager").ToString(), speaker: new Speaker("subscriber", role, "*"));
        return (await new SubscriptionService.SubscriptionServiceClient(channel).CreateSubscriptionAsync(new()
        {
            RequestId = Requests.NewId(),
            SubscriberKind = kind,
            Subscriber = subscriber,
            Purpose = purpose,
            LegalGround = ground switch
            {
                Samenhang.Access.LegalGround.LegalDuty => Protos.Casemanager.V1.LegalGround.LegalDuty,
                Samenhang.Access.LegalGround.Consent => Protos.Casemanager.V1.LegalGround.Consent,
                _ => Protos.Casemanager.V1.LegalGround.PublicTask,
            },
            Protocol = DeliveryProtocol.Grpc,
            By = "gemeente",
        })).Subscription.SubscriptionId;
    }
}

/// <summary>One system for all tests that look at it.</summary>
[CollectionDefinition(Name)]
public sealed class OnePlantedSystem : ICollectionFixture<PlantedSystem>
{
    public const string Name = "planted system";
}

/// <summary>A call that somebody made.</summary>
internal sealed record Made(KnownCall Call, Reader Reader, Answer Answer);
