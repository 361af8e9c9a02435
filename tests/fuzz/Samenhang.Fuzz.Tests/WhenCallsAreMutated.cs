using System.Collections.Concurrent;
using System.Diagnostics;
using Google.Protobuf;
using Grpc.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Samenhang.Fuzz.Tests.Grpc;
using Samenhang.Host.Embedded;
using Samenhang.Platform.Hosting;
using Samenhang.Protos.Casemanager.V1;
using Xunit.Abstractions;

namespace Samenhang.Fuzz.Tests;

/// <summary>
/// Every method of every service, in one process, with messages that were changed in ways no honest client would. Little by default:
/// SAMENHANG_FUZZ_CALLS makes it as much as one likes, SAMENHANG_FUZZ_SEED another.
/// </summary>
public sealed class WhenCallsAreMutated(ITestOutputHelper output)
{
    private const int SideBySide = 8;
    private const int MostFaults = 25;

    // What is answered well comes again and again, so one case would get everything and grow beyond any life.
    private const int CallsOnACase = 25_000;

    private const double AllowedGrowth = 1.25;
    private const long Megabyte = 1 << 20;

    // These are about a call with headers of its own: a confidential one, and one in an emergency.
    private static readonly string[] NeverAnswered = ["samenhang.casemanager.v1.ReadTrailService.LiftConfidentiality", "samenhang.casemanager.v1.EmergencyService.ReviewEmergency"];

    private static readonly int Calls = Sizes.Of("SAMENHANG_FUZZ_CALLS", 4_000);

    [Fact]
    public async Task None_is_an_error_of_ours_and_every_refusal_is_clear()
    {
        using var folder = new TemporaryFolder();
        using var errors = new ErrorsOfHost();
        await using var system = await EmbeddedSystem.StartAsync(
            new EmbeddedOptions
            {
                DataFolder = folder.Path,
                UseDefaultPorts = false,
                WithWeb = false,
                Services = services => services.AddLogging(logging => logging.ClearProviders().SetMinimumLevel(LogLevel.Error).AddProvider(errors)),
            },
            CancellationToken.None);
        var channels = ServiceNames.All.ToDictionary(service => service, system.ChannelTo);

        var (words, corpus) = Begin();
        Assert.Equal([], await GoodCalls.MakeAsync(channels, corpus, words));
        var answered = new ConcurrentDictionary<string, bool>(corpus.Methods.Select(method => KeyValuePair.Create(method, true)));
        var faults = new ConcurrentDictionary<string, string>();
        var statuses = new ConcurrentDictionary<StatusCode, int>();
        var (next, memory) = (-1, new ConcurrentDictionary<int, long>());
        var started = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, SideBySide).Select(_ => Task.Run(async () =>
        {
            while (Interlocked.Increment(ref next) is var number && number < Calls && faults.Count < MostFaults)
            {
                if (number % Math.Max(1, Calls / 10) == 0)
                {
                    // What the fuzzer keeps itself is not of the system.
                    memory[number] = GC.GetTotalMemory(forceFullCollection: true) - corpus.Bytes;
                }

                if (number > 0 && number % CallsOnACase == 0)
                {
                    // What may be refused here was made by the calls before: two of one name, or a full table.
                    var (anew, afresh) = Begin();
                    await GoodCalls.MakeAsync(channels, afresh, anew);
                    (words, corpus) = (anew, afresh);
                }

                var random = new Random(HashCode.Combine(Sizes.Seed, number));
                var method = CallableMethods.All[random.Next(CallableMethods.All.Count)];
                var request = new RequestMaker(words, corpus, random).Make(method);
                var (status, trailers, reply) = await RawCalls.CallAsync(channels[CallableMethods.ServiceOf(method)], method, request);
                statuses.AddOrUpdate(status.StatusCode, 1, (_, count) => count + 1);
                if (status.StatusCode == StatusCode.OK)
                {
                    corpus.Keep(method, request, random);
                    answered[method.FullName] = true;
                }

                if (reply is not null)
                {
                    words.Learn(method.InputType.Parser.ParseFrom(request), random);
                    words.Learn(method.OutputType.Parser.ParseFrom(reply), random);
                }
                else if (status.StatusCode != StatusCode.OK && Refusal.FaultOf(status.StatusCode, trailers) is { } fault)
                {
                    var shown = Convert.ToBase64String(request.AsSpan(0, Math.Min(request.Length, 3_000)));
                    faults.TryAdd($"{method.FullName} {status.StatusCode}", $"call {Sizes.Text(number)} of seed {Sizes.Text(Sizes.Seed)}, {method.FullName}: {status.StatusCode} {status.Detail}: {fault}; {Sizes.Text(request.Length)} bytes {shown}");
                }
            }
        })));

        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        output.WriteLine(FormattableString.Invariant($"{Calls} calls of {CallableMethods.All.Count} methods, {Calls / seconds:N0} a second; {answered.Count} methods answered well"));
        string[] unanswered = [.. CallableMethods.All.Select(method => method.FullName).Except(answered.Keys).Except(NeverAnswered)];
        output.WriteLine(string.Join(", ", statuses.OrderByDescending(status => status.Value).Select(status => $"{status.Key} {Sizes.Text(status.Value)}")));
        output.WriteLine("MiB: " + string.Join(", ", memory.OrderBy(at => at.Key).Select(at => Sizes.Text(at.Value / Megabyte))));
        Assert.True(faults.IsEmpty, $"{string.Join('\n', faults.Values)}\nThe log:\n{string.Join('\n', errors.First)}");
        Assert.True(errors.Count == 0, $"{Sizes.Text(errors.Count)} errors were logged, the first:\n{string.Join('\n', errors.First)}");

        // What never got past the first checks was not tried.
        Assert.Equal([], unanswered);

        // It still does its work.
        var casemanager = new CasemanagerService.CasemanagerServiceClient(channels[ServiceNames.Casemanager]);
        var opened = await casemanager.OpenCaseAsync(Requests.BurnOut());
        Assert.NotEmpty((await casemanager.PlanAsync(opened.CaseId)).Coverage);

        // What is kept of each case is bounded by number, and full only after many.
        var half = memory.OrderBy(at => at.Key).ElementAt(memory.Count / 2).Value;
        var end = GC.GetTotalMemory(forceFullCollection: true) - corpus.Bytes;
        Assert.True(end < (half * AllowedGrowth) + (64 * Megabyte), $"The memory grew from {Sizes.Text(half / Megabyte)} MiB half way to {Sizes.Text(end / Megabyte)} MiB.");
        channels.Values.ToList().ForEach(channel => channel.Dispose());
    }

    private static (Words Words, Corpus Corpus) Begin()
    {
        var words = new Words();
        return (words, Corpus.WithCaseFiles(words));
    }
}
