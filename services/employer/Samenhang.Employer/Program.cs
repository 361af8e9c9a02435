using Samenhang.Api.Hosting;
using Samenhang.Platform.Hosting;
using Samenhang.Employer;

return await ServiceProcess.RunServiceAsync(() =>
{
    var builder = WebApplication.CreateBuilder(args).ListenForGrpc(ServiceNames.Employer);
    builder.AddEmployer();
    var app = builder.Build();
    app.MapEmployer();
    return app;
});
