using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Samenhang.Platform.Telemetry;

/// <summary>
/// What this system counts and traces of itself, source and meter <see cref="Name"/>. A tag is a name out of a closed list (a service, a
/// method, a kind of finding): never a person, a case or a value of a fact. docs/operations.md tells what each means.
/// </summary>
public static class Measures
{
    /// <summary>The name of the source of spans and of the meter.</summary>
    public const string Name = "Samenhang";

    private static readonly Meter Meter = new(Name);

    private static readonly Counter<long> Commands = Meter.CreateCounter<long>(
        "samenhang.commands", "{command}", "Requests that change something, by method and outcome (a status of gRPC).");

    private static readonly Histogram<double> RuleEvaluation = Meter.CreateHistogram(
        "samenhang.rules.evaluation",
        "s",
        "How long the rules of a service took for one answer.",
        advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5] });

    private static readonly Counter<long> Findings = Meter.CreateCounter<long>(
        "samenhang.findings.raised", "{finding}", "Findings that a plan has and the plan before had not, by kind and severity.");

    private static readonly Counter<long> Duplicates = Meter.CreateCounter<long>(
        "samenhang.inbox.duplicates", "{message}", "Messages that came again and had no second effect.");

    /// <summary>The source of our spans. They are few: a command, an evaluation of rules, an append, a batch of the relay and its messages.</summary>
    public static ActivitySource Source { get; } = new(Name);

    /// <summary>A request that changes something was answered.</summary>
    /// <param name="method">The method, as <c>OpenCase</c>.</param>
    /// <param name="outcome">The status of gRPC.</param>
    public static void Command(string method, string outcome) => Commands.Add(1, new("method", method), new("outcome", outcome));

    /// <summary>Evaluates rules, and measures how long that took.</summary>
    /// <param name="service">Whose rules.</param>
    /// <param name="evaluate">What is measured: pure, with its result complete when it returns.</param>
    public static T EvaluateRules<T>(string service, Func<T> evaluate)
    {
        ArgumentNullException.ThrowIfNull(evaluate);
        using var span = Source.StartActivity("evaluate rules");
        span?.SetTag("service", service);
        var begin = Stopwatch.GetTimestamp();
        var result = evaluate();
        RuleEvaluation.Record(Stopwatch.GetElapsedTime(begin).TotalSeconds, new KeyValuePair<string, object?>("service", service));
        return result;
    }

    /// <summary>A finding was raised.</summary>
    /// <param name="kind">The id of its flag in the vocabulary.</param>
    /// <param name="severity">How grave.</param>
    public static void FindingRaised(string kind, string severity) => Findings.Add(1, new("kind", kind), new("severity", severity));

    /// <summary>A message came that had had its effect before.</summary>
    /// <param name="service">Who heard it.</param>
    public static void Duplicate(string service) => Duplicates.Add(1, new KeyValuePair<string, object?>("service", service));
}
