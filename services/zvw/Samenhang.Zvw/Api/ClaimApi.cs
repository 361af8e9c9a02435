using Grpc.Core;
using Samenhang.Api;
using Samenhang.Api.Reading;
using Samenhang.Domains;
using Samenhang.Domains.Records;
using Samenhang.Language;
using Samenhang.Platform.Errors;
using Samenhang.Platform.Store;
using Samenhang.Protos.Zvw.V1;
using Samenhang.Zvw.Claims;
using Samenhang.Zvw.ClaimsCheck;
using Samenhang.Zvw.Indications;
using Samenhang.Zvw.Paths;
using CarePath = Samenhang.Zvw.Paths.CarePath;
using Indication = Samenhang.Zvw.Indications.Indication;

namespace Samenhang.Zvw.Api;

/// <summary>The gRPC methods on claims: parse, handle, reply.</summary>
public sealed class ClaimApi(
    RecordDesk<ZvwDomain, CarePath, CarePathEvent> paths, RecordDesk<ZvwDomain, Indication, IndicationEvent> indications, ClaimsChecker checker, DomainRulebook<ZvwDomain> rulebook, Days days) : ClaimService.ClaimServiceBase
{
    /// <inheritdoc/>
    public override async Task<ReportClaimResponse> ReportClaim(ReportClaimRequest request, ServerCallContext context)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(context);
        var reader = new RequestReader(rulebook.Vocabulary, rulebook.Policies);
        var id = reader.PathToChange(request.RequestId, request.PathId);
        var content = reader.BillLine("content", request.Content);
        reader.EnsureValid();
        return (await paths.ChangeAsync(
            RequestIdentity.Of(request.RequestId, request, request.HasExpectedVersion ? request.ExpectedVersion : null),
            id,
            path => ClaimDecisions.Report(path, content),
            (after, version) => new ReportClaimResponse { Path = after.ToWire(version) },
            context.CancellationToken)).OrFail();
    }

    /// <inheritdoc/>
    public override async Task<CorrectClaimResponse> CorrectClaim(CorrectClaimRequest request, ServerCallContext context)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(context);
        var reader = new RequestReader(rulebook.Vocabulary, rulebook.Policies);
        var id = reader.PathToChange(request.RequestId, request.PathId);
        var content = reader.BillLine("content", request.Content);
        reader.EnsureValid();
        return (await paths.ChangeAsync(
            RequestIdentity.Of(request.RequestId, request, request.HasExpectedVersion ? request.ExpectedVersion : null),
            id,
            path => ClaimDecisions.Correct(path, request.Line, content),
            (after, version) => new CorrectClaimResponse { Path = after.ToWire(version) },
            context.CancellationToken)).OrFail();
    }

    /// <inheritdoc/>
    public override async Task<WithdrawClaimResponse> WithdrawClaim(WithdrawClaimRequest request, ServerCallContext context)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(context);
        var reader = new RequestReader(rulebook.Vocabulary, rulebook.Policies);
        var id = reader.PathToChange(request.RequestId, request.PathId);
        reader.EnsureValid();
        return (await paths.ChangeAsync(
            RequestIdentity.Of(request.RequestId, request, request.HasExpectedVersion ? request.ExpectedVersion : null),
            id,
            path => ClaimDecisions.Withdraw(path, request.Line),
            (after, version) => new WithdrawClaimResponse { Path = after.ToWire(version) },
            context.CancellationToken)).OrFail();
    }

    /// <inheritdoc/>
    public override async Task<CheckClaimResponse> CheckClaim(CheckClaimRequest request, ServerCallContext context)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(context);
        var reader = new RequestReader(rulebook.Vocabulary, rulebook.Policies);
        reader.Id("path_id", request.PathId);
        var lines = reader.Items("lines", request.Lines, reader.BillLine);
        var policy = reader.Policy("policy", request.Policy);
        var needs = reader.Items("needs", request.Needs, (path, need) => reader.Need(path, need));
        reader.Unique("needs", request.Needs.Select(need => need.NeedId), "need_id");
        var facts = reader.Facts("facts", request.Facts, FactLevel.Client, FactLevel.Need);
        var asOf = reader.Day("as_of", request.AsOf);
        var insurer = reader.Insurer("insurer", request.Insurer);
        reader.EnsureValid();

        var (path, _) = (await paths.FindAsync(request.PathId, context.CancellationToken)).OrFail();
        var billed = ClaimDecisions.ToCheck(path, lines).OrFail();
        var others = path.CasePseudonym is { } ofCase ? await paths.OfCaseAsync(ofCase, context.CancellationToken) : [];
        var issued = path.CasePseudonym is { } name ? await indications.OfCaseAsync(name, context.CancellationToken) : [];
        var current = checker.Under(rulebook.Policies);
        var verdicts = current.Check(new ClaimToCheck
        {
            Path = path,
            Lines = billed,
            OtherPaths = [.. others.Select(other => other.Record).Where(other => other.Id != path.Id)],
            Indications = [.. issued.Select(item => item.Record)],
            Policy = policy,
            Needs = needs,
            Facts = facts,
            AsOf = asOf,
            Today = days.Today,
            Insurer = insurer,
        });
        return new CheckClaimResponse
        {
            Lines = { verdicts.Select((verdict, index) => verdict.ToWire(index + 1, current.Sources)) },
            RulebookVersion = current.Version,
        };
    }
}
