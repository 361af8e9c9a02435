using System.Security.Cryptography;
using System.Text;
using Grpc.Core;
using Samenhang.Api;
using Samenhang.Api.Writing;
using Samenhang.Casemanager.Access;
using Samenhang.Casemanager.Cases;
using Samenhang.Casemanager.Domain.Cases;
using Samenhang.Casemanager.Questions;
using Samenhang.Casemanager.Vault;
using Samenhang.Language;
using Samenhang.Language.CaseFiles;
using Samenhang.Platform.Access;
using Samenhang.Platform.Errors;
using Samenhang.Platform.Store;
using Samenhang.Protos.Casemanager.V1;
using CaseFileFault = Samenhang.Protos.Casemanager.V1.CaseFileFault;

namespace Samenhang.Casemanager.Api;

/// <summary>The gRPC methods about what stands before an open case: parse, handle, reply.</summary>
public sealed class IntakeApi(CaseDesk cases, CaseRules rules, DomainQuestions domains, BsnVault vault, Days days, TimeProvider time) : IntakeService.IntakeServiceBase
{
    private const int LongestReference = 100;

    // What decides most about the way, and what everybody knows at the first contact; the rest is asked when it matters.
    private static readonly string[] FirstFacts = ["client.birthDate", "work.status", "work.sickListed", "work.firstSickDay", "benefit.type"];

    private readonly PlanWriter plans = new(rules);
    private readonly FactForms forms = new(rules.Vocabulary);
    private readonly CaseFileReader files = new(rules.Vocabulary);

    /// <inheritdoc/>
    public override Task<DescribeIntakeResponse> DescribeIntake(DescribeIntakeRequest request, ServerCallContext context) => Task.FromResult(new DescribeIntakeResponse
    {
        Needs = { rules.Vocabulary.Needs.Values.Select(need => new NeedChoice { Kind = need.Id, Label = need.Name.ToWire(), Goal = need.Goal }) },
        Municipalities = { Tenants("municipality") },
        Insurers = { Tenants("insurer") },
        FirstFacts = { FirstFacts.Select(FormOf) },
    });

    /// <inheritdoc/>
    public override async Task<TryCaseResponse> TryCase(TryCaseRequest request, ServerCallContext context)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(context);
        var wanted = (request.Case ?? new OpenCaseRequest()).Clone();
        wanted.RequestId = wanted.RequestId.Length == 0 ? "try" : wanted.RequestId;
        var (title, asOf, content, _) = new CaseRequests(rules.Vocabulary, rules.Policies).Open(wanted);
        var state = cases.TryOpen(title, asOf, content).OrFail();
        var known = content.Facts.Keys;
        if (content.Needs.Count == 0)
        {
            return new TryCaseResponse { Forms = { known.Select(FormOf) } };
        }

        var whole = state.ToDocument(asOf ?? days.Today).ToCase(rules.Vocabulary);
        var assessment = (await domains.AssessAsync(whole, context.CancellationToken)).OrFail();
        var plan = rules.Plans.Make(assessment, 0, state.HandOvers, state.Questions);
        return new TryCaseResponse
        {
            Plan = plans.Write(plan, state.Version, time.GetUtcNow()),
            Forms = { plan.Questions.Select(question => question.Fact).Concat(known).Distinct().Select(FormOf) },
        };
    }

    /// <inheritdoc/>
    public override Task<ReadCaseFileResponse> ReadCaseFile(ReadCaseFileRequest request, ServerCallContext context)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (request.Content.IsEmpty)
        {
            var reader = new CaseRequests(rules.Vocabulary);
            reader.Fault("content", "Geef een casusbestand.", "Give a case file.");
            reader.EnsureValid();
        }

        return Task.FromResult(files.Read(request.Content.Memory, request.FileName.Length == 0 ? "casus.json" : request.FileName) switch
        {
            CaseFileReading.Read read => new ReadCaseFileResponse { Case = OpenCaseRequests.Of(read.File) },
            CaseFileReading.Faulty faulty => new ReadCaseFileResponse
            {
                Faults = { faulty.Faults.Select(fault => new CaseFileFault { Line = fault.Line, Column = fault.Column, Path = fault.Path, Text = fault.Text.ToWire() }) },
            },
            var other => throw new InvalidOperationException($"{other.GetType().Name} is no reading."),
        });
    }

    /// <inheritdoc/>
    public override async Task<ImportCaseResponse> ImportCase(ImportCaseRequest request, ServerCallContext context)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(context);
        var wanted = (request.Case ?? new OpenCaseRequest()).Clone();
        wanted.RequestId = "import"; // Which request it is, is told by source and reference.
        var reader = new CaseRequests(rules.Vocabulary, rules.Policies);
        var source = reader.Named("source", request.Source);
        if (string.IsNullOrWhiteSpace(request.Reference) || request.Reference.Length > LongestReference)
        {
            reader.Fault("reference", $"Geef het eigen kenmerk van de regel, ten hoogste {LongestReference} tekens.", $"Give the row's own reference, at most {LongestReference} characters.");
        }

        var (title, asOf, content, bsn) = reader.Open(wanted);
        context.Caller().RequireTenant(wanted.Tenant);
        var remembered = request.Clone();
        remembered.Case = wanted;
        remembered.Case.Bsn = bsn is null ? "" : vault.Fingerprint(bsn);
        var caseId = cases.NewCaseId();
        var reply = (await cases.HandleAsync(
            caseId,
            RequestIdentity.Of(RequestIdOf(source, request.Reference), remembered),
            now => new CaseCommand.Open { At = now, CaseId = caseId, Title = title, AsOf = asOf, Content = content },
            _ => new ImportCaseResponse { CaseId = caseId },
            context.CancellationToken)).OrFail();
        if (bsn is not null)
        {
            await vault.KeepAsync(reply.CaseId, bsn, context.CancellationToken);
        }

        // A repeat gets the reply of the first time, with the case of then.
        reply.AlreadyOpen = reply.CaseId != caseId;
        return reply;
    }

    private FactForm FormOf(string fact) => forms.Of(rules.Vocabulary.FactById[fact]);

    // A reference of another system has any letters and any length; a request id has not.
    private static string RequestIdOf(string source, string reference) =>
        "import-" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{source}\n{reference.Trim()}")))[..48];

    private IEnumerable<CodedChoice> Tenants(string kind) => rules.Policies.Tenants.Values.Where(tenant => tenant.Kind.Id == kind)
        .OrderBy(tenant => tenant.Name, StringComparer.Ordinal)
        .Select(tenant => new CodedChoice { Code = tenant.Id, Label = FactForms.Label(tenant.Name) });
}
