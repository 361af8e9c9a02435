using System.Net;
using System.Net.Http.Json;
using Microsoft.AspNetCore.WebUtilities;

namespace Samenhang.Web.SignIn.Development;

/// <summary>Answers in the place of an issuer, without a network: what it tells of itself, its keys, a token for a code.</summary>
internal sealed class DevelopmentBackChannel(DevelopmentIssuer issuer) : HttpMessageHandler
{
    private const string Keys = "/keys";
    private const string Token = "/token";

    /// <inheritdoc/>
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) => request.RequestUri?.AbsolutePath switch
    {
        "/.well-known/openid-configuration" => Json(new
        {
            issuer = DevelopmentIssuer.Name,

            // The browser goes there, and it knows this host by a name that the issuer need not know.
            authorization_endpoint = DevelopmentIssuer.AuthorizePath,
            token_endpoint = DevelopmentIssuer.Name + Token,
            jwks_uri = DevelopmentIssuer.Name + Keys,
        }),
        Keys => Json(issuer.Keys()),
        Token when request.Content is { } content => Exchange(QueryHelpers.ParseQuery(await content.ReadAsStringAsync(cancellationToken))),
        _ => new HttpResponseMessage(HttpStatusCode.NotFound),
    };

    private HttpResponseMessage Exchange(Dictionary<string, Microsoft.Extensions.Primitives.StringValues> fields) =>
        issuer.TokenFor(fields.GetValueOrDefault("code").ToString(), fields.GetValueOrDefault("code_verifier").ToString()) is { } token
            ? Json(new { id_token = token, access_token = "none", token_type = "Bearer", expires_in = 300 })
            : new HttpResponseMessage(HttpStatusCode.BadRequest) { Content = JsonContent.Create(new { error = "invalid_grant" }) };

    private static HttpResponseMessage Json(object content) => new(HttpStatusCode.OK) { Content = JsonContent.Create(content) };
}
