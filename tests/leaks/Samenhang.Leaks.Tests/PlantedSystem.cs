using System.Collections.Concurrent;
using System.Globalization;
using Google.Protobuf;
using Grpc.Core;
using Microsoft.Extensions.DependencyInjection;
using Samenhang.Access;
using Samenhang.EmbeddedSupport.Scripts;
using Samenhang.Language;
using Samenhang.Leaks.Tests.Calls;
using Samenhang.Leaks.Tests.Channels;
using Samenhang.Leaks.Tests.Planted;
using Samenhang.Protos.Casemanager.V1;

namespace Samenhang.Leaks.Tests;

/// <summary>The whole system with one case in which everything is known and every text is planted, seen by everybody through every call.</summary>
public sealed class PlantedSystem : IAsyncLifetime, IAsyncDisposable
{
    private const int Turns = 2;
    private const int AtOnce = 4;
    private const int MostAmended = 3;

    // Another seed makes other choices in the requests and takes other items of the plan.
    private static readonly int Seed = int.TryParse(Environment.GetEnvironmentVariable("SAMENHANG_LEAKS_SEED"), out var seed) ? seed : 0;

    private static readonly string[] Endings = ["Delete", "Withdraw", "End", "Stop", "Remove", "Lift", "Pause", "Close", "ReportRecovery", "Refuse", "Overrule", "Restrict", "Erase"];

    // Refusals are what this is about: they are not to be too many.
    private readonly TellingSystem system = new(new Dictionary<string, string?> { ["Grpc:RefusalsPerSecond"] = "1000000", ["Grpc:CallsPerSecond"] = "1000000" });
    private readonly ConcurrentQueue<Made> made = new();
    private readonly List<string> phases = [];
    private readonly List<string> refusedOfScript = [];
    private readonly Ear ear;
    private bool isAddressSecret;

    /// <summary>Reads the lists.</summary>
    public PlantedSystem()
    {
        Codes = new(Sight);
        ear = new(Secrets, Codes.All);
    }

    internal LawfulSight Sight { get; } = new();

    internal LawfulCodes Codes { get; }

    internal Secrets Secrets { get; } = new();

    internal Eavesdropper Heard { get; } = new();

    internal RecordedLog Log => system.Log;

    internal string CaseId { get; private set; } = "";

    /// <summary>Every call that was made.</summary>
    internal IReadOnlyCollection<Made> Calls => made;

    /// <summary>How long each part took.</summary>
    internal IReadOnlyList<string> Phases => phases;

    /// <summary>The calls of the script that did not succeed.</summary>
    internal IReadOnlyList<string> RefusedOfScript => refusedOfScript;

    /// <inheritdoc/>
    public async Task InitializeAsync()
    {
        var started = TimeProvider.System.GetTimestamp();
        await system.StartAsync();
        var vocabulary = system.System.Services.GetRequiredService<Vocabulary>();
        var rich = new RichCase(vocabulary, Secrets, Sight);

        // Who listens from before the case hears all that its first plan tells; later in the script others come, who hear how it stands.
        var listening = await SubscribeAsync();
        try
        {
            CaseId = (await system.Cases.OpenCaseAsync(rich.Make(TellingSystem.EmployerOin))).CaseId;
        }
        catch (RpcException refused) when (refused.StatusCode == StatusCode.InvalidArgument)
        {
            throw new InvalidOperationException($"The planted case is no valid case: {refused.Detail<Google.Rpc.BadRequest>()}", refused);
        }

        await system.Cases.PlanAsync(CaseId, within: TimeSpan.FromMinutes(2));
        var named = new Dictionary<string, string>(rich.Ids) { ["case"] = CaseId };
        var readers = Reader.All(CaseId);
        var items = new PlanItems(system.System.Casemanager, CaseId, Seed);
        var requests = new RequestMaker(Secrets, items, CaseId);
        requests.Knows("", "need_id", RichCase.NeutralNeed);
        requests.Knows("", "party_id", rich.Ids["party:klantregisseur"], rich.Ids["party:huisarts"]);
        foreach (var pseudonym in (await system.Cases.GetCaseAsync(new() { CaseId = CaseId })).Case.Pseudonyms)
        {
            var domain = pseudonym.Domain.ToString().ToLowerInvariant();
            requests.Knows(domain, "case_pseudonym", pseudonym.CasePseudonym);
            named[domain] = pseudonym.CasePseudonym;
        }

        requests.Subscribe(listening);
        using var telephone = new Telephone(system.System.AddressOf);
        async Task<Answer> CallAsync(KnownCall call, Reader reader, IMessage request)
        {
            var answer = await OnceAsync(call, reader, request);
            for (var amended = 0; amended < MostAmended && answer.WrongFields.Count > 0 && RequestMaker.Amend(request, answer.WrongFields) is { } better; amended++)
            {
                (request, answer) = (better, await OnceAsync(call, reader, better));
            }

            return answer;
        }

        async Task<Answer> OnceAsync(KnownCall call, Reader reader, IMessage request)
        {
            var since = TimeProvider.System.GetTimestamp();
            var answer = await telephone.CallAsync(call, reader, request);
            made.Enqueue(new(call, reader, isAddressSecret, ear.Hear(answer, TimeProvider.System.GetElapsedTime(since))));
            if (reader.IsOwn)
            {
                foreach (var message in answer.Messages)
                {
                    requests.Learn(call, message);
                }
            }

            return answer;
        }

        // A feed tells all that ever happened: once is enough.
        async Task TryAsync(KnownCall call, Reader reader, int turns)
        {
            for (var turn = 0; turn < (call.Right.Roles.Contains(reader.Role) && !call.IsFeed ? turns : 1); turn++)
            {
                await CallAsync(call, reader, requests.Make(call, reader, turn + Seed));
            }
        }

        // Changes one by one, in the order of the list; readings at once.
        async Task ChangeAsync(IEnumerable<KnownCall> calls, int turns)
        {
            foreach (var call in calls)
            {
                if (PlanItems.AreAskedBy(call.Method))
                {
                    await items.RefreshAsync();
                }

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

        async Task PhaseAsync(string what, Func<Task> doAsync)
        {
            var (before, since) = (made.Count, TimeProvider.System.GetTimestamp());
            await doAsync();
            phases.Add(string.Create(CultureInfo.InvariantCulture, $"{what}: {made.Count - before} calls in {TimeProvider.System.GetElapsedTime(since).TotalSeconds:F1} s"));
        }

        phases.Add(string.Create(CultureInfo.InvariantCulture, $"the first plan after {TimeProvider.System.GetElapsedTime(started).TotalSeconds:F1} s"));

        // The script first; then whoever may write writes what is made by the descriptors, everybody looks, and what ends things comes last.
        var reads = KnownCalls.All.Where(call => call.Right.ChangesNothing).ToList();
        var writes = KnownCalls.All.Except(reads).Where(call => !Ends(call)).ToList();
        await PhaseAsync("the script", () => PlayAsync(new ScriptPlayer(items, named), readers, requests, CallAsync));
        await HideAsync(telephone, readers, requests);
        await BreakGlassAsync(telephone, readers, requests);
        await PhaseAsync("own readings", () => LookAsync(reads, (call, reader) => reader.IsOwn && call.Right.Roles.Contains(reader.Role) && !call.IsFeed, 1));
        await PhaseAsync("changes", () => ChangeAsync(writes, 2));
        await PhaseAsync("all readings", () => LookAsync(reads, (_, _) => true, Turns));
        await PhaseAsync("changes that are forbidden or of strangers", () => LookAsync(KnownCalls.All.Except(reads), (call, reader) => !reader.IsOwn || !call.Right.Roles.Contains(reader.Role), 2));
        await PhaseAsync("readings while the address must stay secret", async () =>
        {
            await system.Cases.RecordFactsAsync(new RecordFactsRequest { RequestId = Requests.NewId(), CaseId = CaseId, Facts = { new RecordedFact { Fact = Requests.Fact("client.addressProtected", Requests.Yes) } } });
            await items.RefreshAsync();
            isAddressSecret = true;
            await LookAsync(reads, (call, reader) => reader.IsOwn && call.Right.Roles.Contains(reader.Role) && call is { Service: "casemanager", IsFeed: false }, 1);
            isAddressSecret = false;
        });
        await PhaseAsync("changes that end something", () => ChangeAsync(KnownCalls.All.Where(Ends), 2));
        requests.Subscribe(await SubscribeAsync());
        await PhaseAsync("readings after that", () => LookAsync(reads, (call, reader) => call.Right.Roles.Contains(reader.Role) && call.Method.Name != "ReportGaps", 1));
        foreach (var provision in (await system.Cases.GetCaseAsync(new() { CaseId = CaseId })).Case is var whole ? whole.Provisions : [])
        {
            foreach (var need in whole.Needs.Where(need => provision.NeedIds.Contains(need.NeedId)))
            {
                Codes.Serve(need.Kind, vocabulary.Schemes[provision.Scheme].Service);
            }
        }
    }

    Task IAsyncLifetime.DisposeAsync() => DisposeAsync().AsTask();

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        Heard.Dispose();
        await system.DisposeAsync();
    }

    private async Task<IReadOnlyDictionary<CallerRole, string>> SubscribeAsync()
    {
        var made = new Dictionary<CallerRole, string>();
        foreach (var role in Subscribers.Roles)
        {
            made[role] = (await Subscribers.SubscribeAsync(system.System.AddressOf("casemanager"), role, DeliveryProtocol.Grpc)).SubscriptionId;
        }

        return made;
    }

    private static bool Ends(KnownCall call) => !call.Right.ChangesNothing &&
        Endings.Any(word => call.Method.Name.StartsWith(word, StringComparison.Ordinal));

    // Each call by the first role that may make it, with a planted word in every text that the script leaves open.
    private async Task PlayAsync(ScriptPlayer player, IReadOnlyList<Reader> readers, RequestMaker requests, Func<KnownCall, Reader, IMessage, Task<Answer>> callAsync)
    {
        foreach (var (step, one) in ScriptPlayer.Steps.SelectMany(step => step.Calls.Select(one => (step, one))))
        {
            var call = KnownCalls.All.Single(known => known.Method.Service.Name == one.Service && known.Method.Name == one.Method);
            var reader = call.Right.Roles.Select(role => readers.First(reader => reader.IsOwn && reader.Role == role)).First();
            var bare = await player.RequestAsync(one, call.Method, step.Day, field => requests.WordFor(call, reader, field));
            var answer = await callAsync(call, reader, requests.WithWords(call, reader, bare));
            if (answer.Status != StatusCode.OK)
            {
                // One of the words stood where it means something.
                bare.Descriptor.FindFieldByName("request_id")?.Accessor.SetValue(bare, Requests.NewId());
                answer = await callAsync(call, reader, bare);
            }

            if (answer.Status == StatusCode.OK)
            {
                player.Keep(one, answer.Messages[0]);
            }
            else
            {
                refusedOfScript.Add($"{call}: {answer.Status} {answer.Why}");
            }
        }
    }

    // A stranger looks, because it is an emergency, and says why; who watches over the trail finds it.
    private async Task BreakGlassAsync(Telephone telephone, IReadOnlyList<Reader> readers, RequestMaker requests)
    {
        var reason = Secrets.Plant("reason of an emergency", reader => reader.Role is CallerRole.Casemanager or CallerRole.PrivacyOfficer || (reader is { IsOwn: true, Role: CallerRole.Client }));
        var stranger = readers.First(reader => reader is { IsOwn: false, Role: CallerRole.Casemanager });
        var look = await telephone.CallAsync(KnownCalls.All.Single(call => call.Method.Name == "ListCorrections"), stranger, new ListCorrectionsRequest { CaseId = CaseId }, emergency: $"{reason}: de cliënt is in gevaar");
        var list = KnownCalls.All.Single(call => call.Method.Name == "ListEmergencies");
        var seen = await telephone.CallAsync(list, readers.First(reader => reader is { IsOwn: true, Role: CallerRole.PrivacyOfficer }), new ListEmergenciesRequest { PageSize = 10 });
        requests.EmergencyLine = seen.Messages.OfType<ListEmergenciesResponse>().SelectMany(page => page.Accesses).FirstOrDefault()?.Number
            ?? throw new InvalidOperationException($"The access in an emergency ended with {look.Status} {look.Why}, and nobody finds it: {seen.Status} {seen.Why}");
    }

    // A call that the person must not see now, and the number under which who watches over the trail finds it.
    private async Task HideAsync(Telephone telephone, IReadOnlyList<Reader> readers, RequestMaker requests)
    {
        var look = KnownCalls.All.Single(call => call.Method.Name == "ListCorrections");
        var trail = KnownCalls.All.Single(call => call.Method.Name == "ListReads");
        await telephone.CallAsync(look, readers.First(reader => reader is { IsOwn: true, Role: CallerRole.Casemanager }), new ListCorrectionsRequest { CaseId = CaseId }, isConfidential: true);
        var seen = await telephone.CallAsync(trail, readers.First(reader => reader is { IsOwn: true, Role: CallerRole.PrivacyOfficer }), new ListReadsRequest { CaseId = CaseId, PageSize = 50 });
        requests.ConfidentialLine = seen.Messages.OfType<ListReadsResponse>().SelectMany(page => page.Reads).FirstOrDefault(read => read.Confidential)?.Number ?? 1;
    }
}

/// <summary>One system for all tests that look at it.</summary>
[CollectionDefinition(Name)]
public sealed class OnePlantedSystem : ICollectionFixture<PlantedSystem>
{
    public const string Name = "planted system";
}

/// <summary>A call that somebody made.</summary>
/// <param name="Call">The call.</param>
/// <param name="Reader">Who.</param>
/// <param name="IsAddressSecret">Whether where the client is had to stay secret then.</param>
/// <param name="Heard">What came back.</param>
internal sealed record Made(KnownCall Call, Reader Reader, bool IsAddressSecret, Heard Heard);
