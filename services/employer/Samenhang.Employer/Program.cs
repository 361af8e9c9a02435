using Samenhang.Api.Hosting;
using Samenhang.Platform.Hosting;
using Samenhang.Employer;

return await ServiceProcess.RunProgramAsync(args, () =>
{
    var builder = WebApplication.CreateBuilder(args).ListenForGrpc(ServiceNames.Employer);
    builder.AddEmployer();
    var app = builder.Build();
    app.MapEmployer();
    return app;
});
