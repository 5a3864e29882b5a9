# Run: gnuplot -d curve-frechet-problem-glyphs-optimizer-dcgan.gp
set terminal svg size 900,686 dynamic noenhanced rounded background '#ffffff' font 'sans-serif,12'
set encoding utf8
set output 'curve-frechet-problem-glyphs-optimizer-dcgan.svg'
set multiplot
unset key
set border 3 lc rgb '#888888'
set tics nomirror scale 0.5 textcolor rgb '#333333' font ',11'
set label 'problem = glyphs, optimizer = dcgan: frechet over training (lower is better): loss = nonsaturating' at screen 0.013333, screen 0.97376 left font ',14' noenhanced
set arrow from screen 0.013333, screen 0.93878 to screen 0.04, screen 0.93878 nohead lc rgb '#0072B2' lw 1.8 dt 1
set label 'the panel’s arm' at screen 0.046667, screen 0.93878 left font ',12' noenhanced
set arrow from screen 0.18311, screen 0.93878 to screen 0.20978, screen 0.93878 nohead lc rgb '#444444' lw 1.2 dt 1
set label 'baseline: none' at screen 0.21644, screen 0.93878 left font ',12' noenhanced
set grid lc rgb '#e4e4e4' lt 1
unset logscale x
set xrange [0:1000]
set xtics ('0' 0, '200' 200, '400' 400, '600' 600, '800' 800, '1000' 1000)
set lmargin at screen 0.068889
set rmargin at screen 0.31778
set tmargin at screen 0.88338
set bmargin at screen 0.66472
set title 'clipping' font ',12' offset 0,-0.7 noenhanced
set logscale y
set yrange [66.059:2591.1]
set ytics ('100' 100, '200' 200, '500' 500, '1000' 1000, '2000' 2000)
unset xlabel
set ylabel 'frechet' offset 2.4,0 noenhanced
plot 'curve-frechet-problem-glyphs-optimizer-dcgan.dat' index 1 using 1:3:4 with filledcurves fc rgb '#0072B2' fs transparent solid 0.18 noborder notitle, \
  'curve-frechet-problem-glyphs-optimizer-dcgan.dat' index 0 using 1:2 with lines lc rgb '#444444' lw 1.2 dt 1 notitle, \
  'curve-frechet-problem-glyphs-optimizer-dcgan.dat' index 1 using 1:2 with lines lc rgb '#0072B2' lw 1.8 dt 1 notitle
unset label
unset arrow
set lmargin at screen 0.40222
set rmargin at screen 0.65111
set tmargin at screen 0.88338
set bmargin at screen 0.66472
set title 'spectral' font ',12' offset 0,-0.7 noenhanced
set logscale y
set yrange [66.059:2591.1]
set ytics ('100' 100, '200' 200, '500' 500, '1000' 1000, '2000' 2000)
unset xlabel
unset ylabel
plot 'curve-frechet-problem-glyphs-optimizer-dcgan.dat' index 3 using 1:3:4 with filledcurves fc rgb '#0072B2' fs transparent solid 0.18 noborder notitle, \
  'curve-frechet-problem-glyphs-optimizer-dcgan.dat' index 2 using 1:2 with lines lc rgb '#444444' lw 1.2 dt 1 notitle, \
  'curve-frechet-problem-glyphs-optimizer-dcgan.dat' index 3 using 1:2 with lines lc rgb '#0072B2' lw 1.8 dt 1 notitle
set lmargin at screen 0.73556
set rmargin at screen 0.98444
set tmargin at screen 0.88338
set bmargin at screen 0.66472
set title 'smoothing' font ',12' offset 0,-0.7 noenhanced
set logscale y
set yrange [66.059:2591.1]
set ytics ('100' 100, '200' 200, '500' 500, '1000' 1000, '2000' 2000)
unset xlabel
unset ylabel
plot 'curve-frechet-problem-glyphs-optimizer-dcgan.dat' index 5 using 1:3:4 with filledcurves fc rgb '#0072B2' fs transparent solid 0.18 noborder notitle, \
  'curve-frechet-problem-glyphs-optimizer-dcgan.dat' index 4 using 1:2 with lines lc rgb '#444444' lw 1.2 dt 1 notitle, \
  'curve-frechet-problem-glyphs-optimizer-dcgan.dat' index 5 using 1:2 with lines lc rgb '#0072B2' lw 1.8 dt 1 notitle
set lmargin at screen 0.068889
set rmargin at screen 0.31778
set tmargin at screen 0.58601
set bmargin at screen 0.36735
set title 'dropout' font ',12' offset 0,-0.7 noenhanced
set logscale y
set yrange [66.059:2591.1]
set ytics ('100' 100, '200' 200, '500' 500, '1000' 1000, '2000' 2000)
unset xlabel
set ylabel 'frechet' offset 2.4,0 noenhanced
plot 'curve-frechet-problem-glyphs-optimizer-dcgan.dat' index 7 using 1:3:4 with filledcurves fc rgb '#0072B2' fs transparent solid 0.18 noborder notitle, \
  'curve-frechet-problem-glyphs-optimizer-dcgan.dat' index 6 using 1:2 with lines lc rgb '#444444' lw 1.2 dt 1 notitle, \
  'curve-frechet-problem-glyphs-optimizer-dcgan.dat' index 7 using 1:2 with lines lc rgb '#0072B2' lw 1.8 dt 1 notitle
set lmargin at screen 0.40222
set rmargin at screen 0.65111
set tmargin at screen 0.58601
set bmargin at screen 0.36735
set title 'batch-norm' font ',12' offset 0,-0.7 noenhanced
set logscale y
set yrange [66.059:2591.1]
set ytics ('100' 100, '200' 200, '500' 500, '1000' 1000, '2000' 2000)
unset xlabel
unset ylabel
plot 'curve-frechet-problem-glyphs-optimizer-dcgan.dat' index 9 using 1:3:4 with filledcurves fc rgb '#0072B2' fs transparent solid 0.18 noborder notitle, \
  'curve-frechet-problem-glyphs-optimizer-dcgan.dat' index 8 using 1:2 with lines lc rgb '#444444' lw 1.2 dt 1 notitle, \
  'curve-frechet-problem-glyphs-optimizer-dcgan.dat' index 9 using 1:2 with lines lc rgb '#0072B2' lw 1.8 dt 1 notitle
set lmargin at screen 0.73556
set rmargin at screen 0.98444
set tmargin at screen 0.58601
set bmargin at screen 0.36735
set title 'wgan-gp-10' font ',12' offset 0,-0.7 noenhanced
set logscale y
set yrange [66.059:2591.1]
set ytics ('100' 100, '200' 200, '500' 500, '1000' 1000, '2000' 2000)
unset xlabel
unset ylabel
plot 'curve-frechet-problem-glyphs-optimizer-dcgan.dat' index 11 using 1:3:4 with filledcurves fc rgb '#0072B2' fs transparent solid 0.18 noborder notitle, \
  'curve-frechet-problem-glyphs-optimizer-dcgan.dat' index 10 using 1:2 with lines lc rgb '#444444' lw 1.2 dt 1 notitle, \
  'curve-frechet-problem-glyphs-optimizer-dcgan.dat' index 11 using 1:2 with lines lc rgb '#0072B2' lw 1.8 dt 1 notitle
set lmargin at screen 0.068889
set rmargin at screen 0.31778
set tmargin at screen 0.28863
set bmargin at screen 0.069971
set title 'instance-norm' font ',12' offset 0,-0.7 noenhanced
set logscale y
set yrange [66.059:2591.1]
set ytics ('100' 100, '200' 200, '500' 500, '1000' 1000, '2000' 2000)
set xlabel 'generator step' offset 0,0.4
set ylabel 'frechet' offset 2.4,0 noenhanced
plot 'curve-frechet-problem-glyphs-optimizer-dcgan.dat' index 13 using 1:3:4 with filledcurves fc rgb '#0072B2' fs transparent solid 0.18 noborder notitle, \
  'curve-frechet-problem-glyphs-optimizer-dcgan.dat' index 12 using 1:2 with lines lc rgb '#444444' lw 1.2 dt 1 notitle, \
  'curve-frechet-problem-glyphs-optimizer-dcgan.dat' index 13 using 1:2 with lines lc rgb '#0072B2' lw 1.8 dt 1 notitle
set lmargin at screen 0.40222
set rmargin at screen 0.65111
set tmargin at screen 0.28863
set bmargin at screen 0.069971
set title 'layer-norm' font ',12' offset 0,-0.7 noenhanced
set logscale y
set yrange [66.059:2591.1]
set ytics ('100' 100, '200' 200, '500' 500, '1000' 1000, '2000' 2000)
set xlabel 'generator step' offset 0,0.4
unset ylabel
plot 'curve-frechet-problem-glyphs-optimizer-dcgan.dat' index 15 using 1:3:4 with filledcurves fc rgb '#0072B2' fs transparent solid 0.18 noborder notitle, \
  'curve-frechet-problem-glyphs-optimizer-dcgan.dat' index 14 using 1:2 with lines lc rgb '#444444' lw 1.2 dt 1 notitle, \
  'curve-frechet-problem-glyphs-optimizer-dcgan.dat' index 15 using 1:2 with lines lc rgb '#0072B2' lw 1.8 dt 1 notitle
set lmargin at screen 0.73556
set rmargin at screen 0.98444
set tmargin at screen 0.28863
set bmargin at screen 0.069971
set title 'mmd' font ',12' offset 0,-0.7 noenhanced
set logscale y
set yrange [66.059:2591.1]
set ytics ('100' 100, '200' 200, '500' 500, '1000' 1000, '2000' 2000)
set xlabel 'generator step' offset 0,0.4
unset ylabel
plot 'curve-frechet-problem-glyphs-optimizer-dcgan.dat' index 17 using 1:3:4 with filledcurves fc rgb '#0072B2' fs transparent solid 0.18 noborder notitle, \
  'curve-frechet-problem-glyphs-optimizer-dcgan.dat' index 16 using 1:2 with lines lc rgb '#444444' lw 1.2 dt 1 notitle, \
  'curve-frechet-problem-glyphs-optimizer-dcgan.dat' index 17 using 1:2 with lines lc rgb '#0072B2' lw 1.8 dt 1 notitle
unset multiplot
set output
